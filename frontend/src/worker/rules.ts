/** What the service worker answers, and from where. Pure: what it needs comes in as arguments. */

/** A built file; help; another page of ours; and everything that goes past the worker. */
export type Kind = "file" | "help" | "page" | "past";

export interface Asked {
  method: string;
  mode: string;
  url: URL;
  origin: string;
}

const BUILT = /^\/static\/dist\/[\w.-]+-[A-Z0-9]{8}\.\w+$/;
/** Without the server each of these is Help now as it is for everyone: what is one's own is not kept. */
const HELP = new Set(["/help", "/help/mine"]);
/** Sound, and a link that works once: the worker never stands between. */
const UNTOUCHED = /^\/(audio|voices|open|static)(\/|$)/;

export function kindOf({ method, mode, url, origin }: Asked): Kind {
  if (method !== "GET" || url.origin !== origin) return "past";
  if (BUILT.test(url.pathname)) return "file";
  if (mode !== "navigate" || UNTOUCHED.test(url.pathname)) return "past";
  return HELP.has(url.pathname) ? "help" : "page";
}

type Found = Promise<Response | undefined>;

export interface Sources {
  kept(): Found;
  fetched(): Promise<Response>;
  help(): Found;
  away(): Found;
}

/** Files come from what is kept; pages from the server, and only without it from what is kept. */
export async function answerTo(kind: Exclude<Kind, "past">, from: Sources): Promise<Response> {
  if (kind === "file") return (await from.kept()) ?? from.fetched();
  try {
    return await from.fetched();
  } catch (error) {
    const instead = await (kind === "help" ? from.help() : from.away());
    if (instead) return instead;
    throw error;
  }
}
