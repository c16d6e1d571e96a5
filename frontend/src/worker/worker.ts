import { answerTo, type Kind, kindOf } from "./rules";

/**
 * The service worker: keeps the built files, help, and the page that says Thaw is away. It
 * keeps nothing of anyone's and looks at no sound; whatever it does not name goes past it.
 */

declare const self: ServiceWorkerGlobalScope;
/** The names of the built files, told by the build. They change with their content. */
declare const KEPT: readonly string[];

const STATIC = "/static/dist/";
const HELP = "/help";
const AWAY = "/away";
const CACHE = `thaw ${KEPT.join(" ")}`;

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { method, mode, url } = request;
  const kind = kindOf({ method, mode, url: new URL(url), origin: self.location.origin });
  if (kind !== "past") event.respondWith(answer(kind, request));
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEPT.map((name) => STATIC + name));
  // Without cookies: what is kept is what a stranger would be shown.
  const pages = [HELP, AWAY].map(
    (page) => new Request(page, { credentials: "omit", cache: "no-store" }),
  );
  await cache.addAll(pages);
}

async function dropOthers(): Promise<void> {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
}

async function answer(kind: Exclude<Kind, "past">, request: Request): Promise<Response> {
  const find = async (what: string) => (await caches.open(CACHE)).match(what);
  return answerTo(kind, {
    kept: () => find(request.url),
    fetched: () => fetch(request),
    help: () => find(HELP),
    away: () => find(AWAY),
  });
}
