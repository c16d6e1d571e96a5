import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, standingOf } from "../src/age.ts";

for (const [today, standing] of [
  ["2026-11-22", "confirmed"],
  ["2027-05-20", "confirmed"],
  ["2027-05-21", "a while ago"],
  ["2027-11-21", "a while ago"],
  ["2027-11-22", "old"],
  ["2026-11-21", "a while ago"],
]) {
  test(`what was checked on 22 November 2026 is ${standing} on ${today}`, () => {
    assert.equal(standingOf("2026-11-22", today), standing);
  });
}

test("what is no day is not confirmed by it", () => {
  assert.equal(standingOf("", "2026-11-22"), "a while ago");
});

test("a day is the one on this machine", () => {
  assert.equal(dayOf(new Date(2026, 0, 5, 23, 59)), "2026-01-05");
});
