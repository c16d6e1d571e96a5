/** Registers the one service worker; a browser without it has all but offline help. */
const WORKER = "/worker.js";

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): string;
  };
}

/** The one script address that a script may name; any other is refused. */
function only(url: string): string {
  if (url !== WORKER) throw new TypeError("Only the worker is made from an address.");
  return url;
}

function trusted(): string {
  const { trustedTypes } = window as { trustedTypes?: Policies };
  const policy = trustedTypes?.createPolicy("thaw", { createScriptURL: only });
  return policy?.createScriptURL(WORKER) ?? WORKER;
}

if ("serviceWorker" in navigator && document.documentElement.dataset.door !== "away") {
  // A failure leaves things as they are; the next page tries again.
  navigator.serviceWorker.register(trusted(), { scope: "/" }).catch(() => undefined);
}
