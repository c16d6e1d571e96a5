import assert from "node:assert/strict";
import { test } from "node:test";
import { answerTo, kindOf } from "../src/worker/rules.ts";

const ORIGIN = "http://localhost:8427";

function kind(path, more = {}) {
  return kindOf({
    method: "GET",
    mode: "navigate",
    url: new URL(path, ORIGIN),
    origin: ORIGIN,
    ...more,
  });
}

test("built files, help and pages are the worker's", () => {
  assert.equal(kind("/static/dist/app-AB12CD34.js", { mode: "cors" }), "file");
  assert.equal(kind("/help"), "help");
  assert.equal(kind("/help?from=x"), "help");
  assert.equal(kind("/help/mine"), "help");
  assert.equal(kind("/help/mine/edit"), "page");
  assert.equal(kind("/write"), "page");
});

for (const path of [
  "/audio/abc/1.mp4",
  "/voices/flite/sample.mp4",
  "/open/token",
  "/static/other.txt",
]) {
  test(`${path} goes past`, () => assert.equal(kind(path), "past"));
}

test("a backup is sent for with a form, and goes past", () => {
  assert.equal(kind("/me/take/backup", { method: "POST" }), "past");
  assert.equal(kind("/me/take"), "page");
});

test("what is sent, what islands ask, and other origins go past", () => {
  assert.equal(kind("/write", { method: "POST" }), "past");
  assert.equal(kind("/write/notes/1", { method: "PUT", mode: "cors" }), "past");
  assert.equal(kind("/me/drafts-key", { mode: "cors" }), "past");
  assert.equal(kind("https://example.org/help"), "past");
});

function sources(reached) {
  const said = (words) => async () => new Response(words);
  const gone = async () => Promise.reject(new TypeError("gone"));
  return {
    kept: said("kept"),
    fetched: reached ? said("fetched") : gone,
    help: said("help"),
    away: said("away"),
  };
}

const words = async (kindOfPage, reached) => (await answerTo(kindOfPage, sources(reached))).text();

test("a page comes from the server while it answers, and never from what is kept", async () => {
  assert.equal(await words("page", true), "fetched");
  assert.equal(await words("help", true), "fetched");
});

test("without the server help is there, and any other page says that Thaw is away", async () => {
  assert.equal(await words("help", false), "help");
  assert.equal(await words("page", false), "away");
});

test("a built file comes from what is kept, and without it from the server", async () => {
  assert.equal(await words("file", true), "kept");
  const none = { ...sources(true), kept: async () => undefined };
  assert.equal(await (await answerTo("file", none)).text(), "fetched");
});
