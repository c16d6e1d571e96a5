import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { isUrgent, Taps, waitAfter } from "../src/sitting/taps.ts";

const URLS = { respond: "/respond", took: "/took" };

/** A server that answers what a test lays out for it, and remembers what it was asked. */
class Server {
  asked = [];
  answers = [];

  fetch = async (url, { body }) => {
    this.asked.push([url, JSON.parse(body)]);
    if (url === URLS.took) return reply(200, {});
    const next = this.answers.shift();
    if (next === undefined || next === "gone") throw new TypeError("gone");
    return typeof next === "function" ? next(JSON.parse(body)) : next;
  };

  get taps() {
    return this.asked.filter(([url]) => url === URLS.respond).map(([, body]) => body);
  }

  get confirmed() {
    return this.asked.filter(([url]) => url === URLS.took).map(([, body]) => body.revision);
  }
}

/** A player that plays on, and lets what a test says become of each change. */
class Player {
  time = 10;
  total = 120;
  held = 1;
  outcomes = [];
  followed = [];
  caught = [];
  dropped = 0;
  isBusy = false;

  async follow(reply, holds) {
    this.followed.push([reply.revision, holds]);
    const outcome = (await this.outcomes.shift()) ?? "taken";
    if (outcome === "taken") this.held = reply.revision;
    return { outcome, readyAt: performance.now() };
  }

  async catchUp(held) {
    this.caught.push(held.revision);
    this.held = held.revision;
    return { outcome: "taken", readyAt: performance.now() };
  }

  drop() {
    this.dropped += 1;
  }

  busy(isBusy) {
    this.isBusy = isBusy;
  }
}

class Told {
  said = [];
  waits = (kind) => this.said.push(`waits ${kind}`);
  answered = (kind, { answer }, isSlow) => this.said.push(`answered ${kind} ${answer} ${isSlow}`);
  taken = (kind) => this.said.push(`taken ${kind}`);
  unheard = (kind) => this.said.push(`unheard ${kind}`);
  lost = (message) => this.said.push(`lost ${message}`);
  through = () => {};
}

function reply(status, body) {
  return new Response(JSON.stringify(body), { status });
}

function changes(revision) {
  const state = { revision, sources: [], switch_s: 30, answer: ["Yes."], offers: [] };
  return reply(200, { changes: true, ...state });
}

const stays = () => reply(200, { changes: false, revision: 1, answer: ["Shown."], offers: [] });

let server;
let player;
let told;
let taps;

beforeEach(() => {
  server = new Server();
  player = new Player();
  told = new Told();
  globalThis.fetch = server.fetch;
  globalThis.document = { querySelector: () => ({ content: "token" }) };
  globalThis.addEventListener ??= () => {};
  taps = new Taps(URLS, player, told);
});

afterEach(() => mock.timers.reset());

async function settled() {
  for (let turns = 0; turns < 50; turns += 1) await Promise.resolve().then(() => {});
  await new Promise((resolve) => setImmediate(resolve));
}

test("a tap is asked a second ahead, taken, and confirmed", async () => {
  server.answers = [changes(2)];
  taps.tap("nothing");
  assert.ok(player.isBusy);
  await settled();
  const [asked] = server.taps;
  assert.equal(asked.kind, "nothing");
  assert.equal(asked.at_s, 11);
  assert.equal(asked.revision, 1);
  assert.match(asked.tap, /^[0-9a-f-]{36}$/);
  assert.deepEqual(player.followed, [[2, false]]);
  assert.deepEqual(server.confirmed, [2]);
  assert.ok(!player.isBusy);
});

test("the end is asked from where the sitting is, and may hold what plays", async () => {
  server.answers = [changes(2)];
  taps.tap("end");
  await settled();
  assert.equal(server.taps[0].at_s, 10);
  assert.deepEqual(player.followed, [[2, true]]);
});

test("nothing is asked from beyond the end", async () => {
  player.time = 119.8;
  server.answers = [stays()];
  taps.tap("fine");
  await settled();
  assert.equal(server.taps[0].at_s, 120);
});

test("what changes nothing is shown, and nothing is confirmed", async () => {
  server.answers = [stays()];
  taps.tap("sleepy");
  await settled();
  assert.deepEqual(told.said, ["answered sleepy Shown. false"]);
  assert.deepEqual(player.followed, []);
  assert.deepEqual(server.confirmed, []);
});

test("what is not ready in time is asked again, further ahead and as a tap of its own", async () => {
  server.answers = [changes(2), changes(3)];
  player.outcomes = ["late"];
  taps.tap("nothing");
  await settled();
  const [first, second] = server.taps;
  assert.notEqual(first.tap, second.tap);
  assert.ok(second.at_s >= first.at_s);
  assert.equal(second.revision, 1);
  assert.deepEqual(server.confirmed, [3]);
});

test("what comes when its place is past is not even tried", async () => {
  player.time = 29;
  server.answers = [
    () => {
      player.time = 31;
      return changes(2);
    },
    stays(),
  ];
  taps.tap("nothing");
  await settled();
  assert.deepEqual(player.followed, []);
  assert.equal(server.taps.length, 2);
});

test("what is late again and again is answered in writing, and the sound goes on", async () => {
  server.answers = Array.from({ length: 9 }, (_, i) => changes(i + 2));
  player.outcomes = Array(9).fill("late");
  taps.tap("restless");
  await settled();
  assert.equal(server.taps.length, 5);
  assert.equal(told.said.at(-1), "unheard restless");
  assert.deepEqual(server.confirmed, []);
});

test("sound that does not come is answered in writing", async () => {
  server.answers = [changes(2)];
  player.outcomes = ["failed"];
  taps.tap("tears");
  await settled();
  assert.equal(told.said.at(-1), "unheard tears");
  assert.ok(!player.isBusy);
});

test("the same tap twice is one while it is on its way", async () => {
  player.outcomes = [new Promise(() => {})];
  server.answers = [changes(2)];
  taps.tap("nothing");
  await settled();
  taps.tap("nothing");
  await settled();
  assert.equal(server.taps.length, 1);
});

test("another tap takes the place of one that was not heard yet, from what is heard", async () => {
  player.outcomes = [new Promise(() => {})];
  server.answers = [changes(2), changes(3)];
  taps.tap("nothing");
  await settled();
  const before = player.dropped;
  taps.tap("too-much");
  await settled();
  assert.equal(player.dropped, before + 1);
  assert.deepEqual(
    server.taps.map(({ kind, revision }) => [kind, revision]),
    [
      ["nothing", 1],
      ["too-much", 1],
    ],
  );
  assert.deepEqual(server.confirmed, [3]);
});

test("what is urgent can be read, should the voice take long", () => {
  assert.deepEqual(["too-much", "unreal", "end", "nothing"].map(isUrgent), [
    true,
    true,
    false,
    false,
  ]);
});

test("a request that fails is asked again with the same tap, and said once it waits", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  server.answers = ["gone", reply(500, {}), changes(2)];
  taps.tap("pain");
  await settled();
  assert.deepEqual(told.said, ["waits pain"]);
  mock.timers.tick(waitAfter(1));
  await settled();
  mock.timers.tick(waitAfter(2));
  await settled();
  const ids = server.taps.map(({ tap }) => tap);
  assert.equal(ids.length, 3);
  assert.equal(new Set(ids).size, 1);
  assert.deepEqual(server.confirmed, [2]);
});

test("waiting for an answer grows, and has an end", () => {
  assert.deepEqual([1, 2, 3, 9].map(waitAfter), [2000, 4000, 8000, 30_000]);
});

test("where another page was faster its state is taken over, and the tap asked again", async () => {
  server.answers = [reply(409, { error: {}, revision: 4, sources: [], cues: [] }), changes(5)];
  taps.tap("nothing");
  await settled();
  assert.deepEqual(player.caught, [4]);
  assert.equal(server.taps[1].revision, 4);
  assert.deepEqual(server.confirmed, [5]);
});

test("a page that is always behind stops asking", async () => {
  server.answers = Array.from({ length: 9 }, () => reply(409, { error: { message: "Again." } }));
  taps.tap("nothing");
  await settled();
  assert.equal(server.taps.length, 4);
  assert.deepEqual(told.said, ["lost Again."]);
});

test("what the server refuses is said in its own words", async () => {
  server.answers = [reply(404, { error: { message: "This sitting is over." } })];
  taps.tap("nothing");
  await settled();
  assert.deepEqual(told.said, ["lost This sitting is over."]);
  assert.ok(!player.isBusy);
});

test("after a stop nothing that was asked is used", async () => {
  let open;
  server.answers = [() => new Promise((resolve) => (open = () => resolve(changes(2))))];
  taps.tap("nothing");
  await settled();
  taps.drop();
  open();
  await settled();
  assert.deepEqual(player.followed, []);
  assert.deepEqual(told.said, []);
});
