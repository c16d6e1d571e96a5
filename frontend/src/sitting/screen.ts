/** Keeps the screen awake while words are read from it, where the browser can. */
export class Screen {
  private lock: WakeLockSentinel | null = null;

  async keepAwake(wanted: boolean): Promise<void> {
    if (!wanted) {
      await this.lock?.release();
      this.lock = null;
      return;
    }
    if (this.lock || !navigator.wakeLock || document.visibilityState !== "visible") return;
    try {
      this.lock = await navigator.wakeLock.request("screen");
      this.lock.addEventListener("release", () => {
        this.lock = null;
      });
    } catch {
      // A low battery may refuse; the sitting goes on as it is.
    }
  }
}
