import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

import { load, page } from "./page.js";

page("en");
const { commitment, fingerprintOf, fromHex, securityCode, toHex } = await load("code.js");
const VECTORS = JSON.parse(await readFile(
  new URL("../../protocol/security_code.json", import.meta.url), "utf-8"));

const PAIRS = Array.from({ length: 32 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const LINE = `a=fingerprint:sha-256 ${PAIRS.join(":").toUpperCase()}`;

for (const vector of VECTORS) {
  const parts = ["customer", "console", "customer_value", "console_value"];
  const given = parts.map((name) => fromHex(vector[name]));

  test(`the page makes the code ${vector.code} as console and applet do`, async () => {
    assert.equal(await securityCode(vector.session, ...given), vector.code);
    const made = await commitment(vector.session, given[0], given[2]);
    assert.equal(toHex(made), vector.commitment);
  });
}

for (const text of ["", "00".repeat(31), "00".repeat(33), "0g".repeat(32), "00 ".repeat(32)]) {
  test(`"${text}" is no value`, () => assert.throws(() => fromHex(text), /no value/));
}

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
