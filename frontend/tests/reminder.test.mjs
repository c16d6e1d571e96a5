import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_MS, plays, waitAfter, within } from "../src/days/when.ts";

const told = (line, left_s, wait_s) => ({ line, go: null, left_s, wait_s });

test("what is shown is looked at again when it may be shown no longer", () => {
  assert.equal(waitAfter(told("Your quiet minute: after tea", 90, 86_400)), 90_000);
});

test("what is not due is asked for again at its time", () => {
  assert.equal(waitAfter(told("", 0, 600)), 600_000);
});

test("where nothing comes nothing is asked again", () => {
  assert.equal(waitAfter(told("", 0, null)), null);
});

test("no timer is longer than one can hold, and none goes back", () => {
  assert.equal(within(30 * 86_400), MOST_MS);
  assert.ok(MOST_MS < 2 ** 31);
  assert.equal(within(-3), 0);
});

test("a sitting that was heard a moment ago still plays", () => {
  assert.equal(plays(100_000, 110_000), true);
  assert.equal(plays(100_000, 120_000), false);
  assert.equal(plays(Number.NEGATIVE_INFINITY, 0), false);
});
