import assert from "node:assert/strict";
import test from "node:test";

import { load, page } from "./page.js";

page("en");
const { fingerprintOf, securityCode } = await load("code.js");

const PAIRS = Array.from({ length: 32 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const LINE = `a=fingerprint:sha-256 ${PAIRS.join(":").toUpperCase()}`;

test("console and applet show the same code for the same certificate", async () => {
  // The digits come from protocol/security_code.py.
  assert.equal(await securityCode(Uint8Array.from(PAIRS.keys())), "7309 4572 6972");
});

test("a description may announce its one certificate several times", () => {
  const found = fingerprintOf(["v=0", LINE, "m=video", LINE.toLowerCase()].join("\r\n"));

  assert.deepEqual(Array.from(found), Array.from(PAIRS.keys()));
});

for (const [what, lines] of [
  ["no certificate", ["v=0"]],
  ["two certificates", [LINE, LINE.replace("00", "01")]],
  ["a second certificate of an unknown kind", [LINE, "a=fingerprint:sha-1 00:01"]],
  ["a second certificate after a blank", [LINE, ` ${LINE.replace("00", "01")}`]],
]) {
  test(`a description with ${what} is refused`, () => {
    assert.throws(() => fingerprintOf(lines.join("\r\n")), /not exactly one/);
  });
}
