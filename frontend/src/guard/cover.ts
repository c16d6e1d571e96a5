import { stopAll } from "../silence";
import {
  ask,
  comeAgain,
  door,
  idleMs,
  isOpen,
  sayHere,
  shut,
  stayCovered,
  staysCovered,
} from "./door";
import { LOOK_MS, type Watch, watchFrom, wish } from "./idle";
import { heed, putInSafety, type Signal, tell } from "./signals";

/**
 * Covers this page, at once and by itself: when Thaw is locked from anywhere, when nobody is
 * here, when the machine slept, and when the browser brings an old page back. What lies under
 * the cover is never seen before the server said that the door is open.
 */

const root = document.documentElement;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "focusin"];
const TELL_EVERY_MS = 5_000;
const ASK_EVERY_MS = 60_000;

let watch: Watch = watchFrom(Date.now());
let told = 0;
let asked = Date.now();
let title = "";
let isShutting = false;

/** Hides everything but the ways out; shows one button. */
export function cover(): void {
  if (isCovered() || root.dataset.left !== undefined) return;
  root.dataset.covered = "";
  title = document.title;
  document.title = "Thaw";
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) dialog.close();
  for (const popover of document.querySelectorAll<HTMLElement>(":popover-open")) {
    popover.hidePopover();
  }
  if (document.body) lay();
  else document.addEventListener("DOMContentLoaded", () => isCovered() && lay(), { once: true });
}

function isCovered(): boolean {
  return root.dataset.covered !== undefined;
}

function uncover(): void {
  if (!isCovered()) return;
  isShutting = false;
  delete root.dataset.covered;
  if (title) document.title = title;
  document.querySelector("#cover")?.remove();
  dispatchEvent(new Event("thaw:uncovered"));
}

/** The cover itself: built here, so that it needs nothing else. */
function lay(): void {
  if (document.querySelector("#cover")) return;
  if (!title) title = document.title;
  document.title = "Thaw";
  const place = element("main", "cover");
  place.id = "cover";
  const heading = element("h1", "", "This page is covered.");
  heading.tabIndex = -1;
  const open = button("Open", "button filled", () => void openAgain());
  const actions = element("p", "actions");
  actions.append(open);
  if (isSounding()) {
    place.append(heading, element("p", "", "The sound goes on to its end."), actions);
    actions.append(button("Stop the sound", "button edged", () => stopAll()));
  } else place.append(heading, actions);
  const said = element("p", "hint");
  said.setAttribute("role", "status");
  place.append(said);
  document.querySelector("header.top")?.after(place);
  if (!place.isConnected) document.body.prepend(place);
  if (document.hasFocus()) heading.focus();
}

async function openAgain(): Promise<void> {
  const standing = await ask();
  if (standing === "shut") return makeWay();
  if (standing === null) {
    const said = document.querySelector("#cover [role=status]");
    if (said) said.textContent = "Thaw does not answer just now. Is it still running?";
    return;
  }
  stayCovered(false);
  touch();
  uncover();
}

/**
 * Covers, and shuts the door where it can be shut; then shows what is before it. Should nobody
 * have heard that it is to be shut, the page comes back covered, and says so again.
 */
export async function shutHere(): Promise<void> {
  stopAll();
  stayCovered(true);
  cover();
  if (door() !== "locks" || isShutting) return;
  isShutting = true;
  const safe = await putInSafety();
  await shut();
  tell("locked");
  giveWay(safe);
}

/** The door is shut: this page goes, and what is before the door is shown. */
async function makeWay(): Promise<void> {
  stopAll();
  cover();
  giveWay(await putInSafety());
}

/**
 * What could not be put in safety would be lost with the page. Then it stays, covered, and the
 * door is opened from another one.
 */
function giveWay(safe: boolean): void {
  if (safe) {
    comeAgain();
    return;
  }
  const words = "What you wrote last is on this page only, so it stays open under this cover. ";
  const way = element("a", "", "Open Thaw on another page, then come back.") as HTMLAnchorElement;
  way.href = "/unlock";
  way.target = "_blank";
  document.querySelector("#cover [role=status]")?.replaceChildren(words, way);
}

function isSounding(): boolean {
  return [...document.querySelectorAll("audio")].some((audio) => !audio.paused && !audio.ended);
}

function touch(): void {
  const now = Date.now();
  watch = { ...watch, touched: now };
  if (now - told < TELL_EVERY_MS) return;
  told = now;
  tell("touched");
  // The server counts what it is asked: who only reads is here too.
  if (now - asked < ASK_EVERY_MS || isCovered()) return;
  asked = now;
  void sayHere();
}

function look(): void {
  const now = Date.now();
  if (isSounding()) {
    watch = { ...watch, heard: now };
    tell("playing");
  }
  const wanted = wish(watch, now, idleMs());
  watch = { ...watch, looked: now };
  if (wanted === "doubt") void doubt();
  else if (wanted === "cover") cover();
  else if (wanted === "shut" && !isDone()) void shutHere();
}

/** Without a passphrase a covered page is as shut as it can be. */
function isDone(): boolean {
  return isCovered() && door() !== "locks";
}

/** A page that was left, or covered, is come upon again: where it can be shut, it is. */
function comeBack(): void {
  cover();
  if (door() === "locks") void shutHere();
}

/** Nothing is shown until the server said how the door stands. */
async function doubt(): Promise<void> {
  if (staysCovered()) return comeBack();
  cover();
  const standing = await ask();
  if (standing === "shut") await makeWay();
  else if (standing === "open") {
    watch = { ...watch, looked: Date.now() };
    uncover();
  }
}

function hear(signal: Signal): void {
  const now = Date.now();
  if (signal === "touched") watch = { ...watch, touched: now };
  else if (signal === "playing") watch = { ...watch, heard: now };
  else if (signal === "opened") void (isCovered() && door() === "locks" && doubt());
  else if (signal === "covered" && !isCovered()) {
    stopAll();
    stayCovered(true);
    cover();
  } else if (signal === "locked") void makeWay();
}

/** A page before the door: others hear of it, and it makes way when the door opens elsewhere. */
function standBefore(): void {
  if (door() !== "locked") return;
  stayCovered(false);
  tell("locked");
  heed((signal) => signal === "opened" && comeAgain());
}

function guard(): void {
  if (staysCovered()) comeBack();
  else tell("opened");
  heed(hear);
  for (const name of TOUCHES) addEventListener(name, touch, { capture: true, passive: true });
  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
  // Covered before the browser puts the page away, so that it comes back covered.
  addEventListener("pagehide", () => cover());
  addEventListener("pageshow", ({ persisted }) => void (persisted && doubt()));
  document.addEventListener("submit", (event) => {
    if (!(event.target as Element).matches("form[data-lock]")) return;
    event.preventDefault();
    if (door() === "covers") tell("covered");
    void shutHere();
  });
}

function element(tag: string, className: string, words = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = words;
  return made;
}

function button(words: string, className: string, act: () => void): HTMLButtonElement {
  const made = element("button", className, words) as HTMLButtonElement;
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

if (isOpen()) guard();
else standBefore();
