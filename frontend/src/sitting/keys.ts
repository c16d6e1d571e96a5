export interface Ways {
  toggle(): void;
  play(): void;
  pause(): void;
  back(): void;
  endGently(): void;
  stop(): void;
  /** Gives the answer that a key stands for; whether there is one. */
  press(key: string): boolean;
  /** Closes what lies open; whether anything did. */
  close(): boolean;
}

const TITLE = "a quiet minute";
const OWN_SPACE = "button, a, input, select, textarea, summary, [role=button]";
const OWN_ARROWS = "input, select, textarea";

/** Space plays and pauses, the left arrow goes back, Escape stops; one key is one answer. */
export function listenToKeys(ways: Ways): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    const target = event.target as Element;
    const act = actOf(event.key, target, ways);
    if (act) act();
    else if (event.repeat || target.closest(OWN_ARROWS) || !ways.press(event.key)) return;
    event.preventDefault();
  });
}

function actOf(key: string, target: Element, ways: Ways): (() => unknown) | null {
  if (key === "Escape") return () => ways.close() || ways.stop();
  if (key === " " && !target.closest(OWN_SPACE)) return () => ways.toggle();
  if (key === "ArrowLeft" && !target.closest(OWN_ARROWS)) return () => ways.back();
  return null;
}

/** Media keys and the lock screen: a neutral title, and "next" ends gently. */
export function listenToMediaKeys(ways: Ways): void {
  const session = navigator.mediaSession;
  if (!session) return;
  session.metadata = new MediaMetadata({ title: TITLE });
  const acts: [MediaSessionAction, () => void][] = [
    ["play", () => ways.play()],
    ["pause", () => ways.pause()],
    ["stop", () => ways.stop()],
    ["seekbackward", () => ways.back()],
    ["nexttrack", () => ways.endGently()],
  ];
  for (const [action, act] of acts) {
    try {
      session.setActionHandler(action, act);
    } catch {
      // This browser does not know the action; its key then does nothing.
    }
  }
}

export function tellMediaKeys(playing: boolean, time: number, total: number): void {
  const session = navigator.mediaSession;
  if (!session) return;
  session.playbackState = playing ? "playing" : "paused";
  if (total > 0 && time <= total) session.setPositionState?.({ duration: total, position: time });
}
