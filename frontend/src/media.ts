/** What the lock screen and the media keys know of a sitting. */

export const MEDIA_ACTIONS = ["play", "pause", "stop", "seekbackward", "nexttrack"] as const;

/** No media key brings the sound back, and no title of it is left. */
export function forgetMediaKeys(): void {
  const session = navigator.mediaSession;
  if (!session) return;
  for (const action of MEDIA_ACTIONS) {
    try {
      session.setActionHandler(action, null);
    } catch {
      // This browser does not know the action; its key does nothing anyway.
    }
  }
  session.metadata = null;
  session.playbackState = "none";
}
