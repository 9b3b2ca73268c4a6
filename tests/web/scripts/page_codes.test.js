import assert from "node:assert/strict";
import test from "node:test";

import { load, page } from "./page.js";

page("en");
const { commitment, securityCode, toHex } = await load("code.js");
const { pageCodes } = await load("page_codes.js");

const SESSION = "01a220d77366e6e21502861c816ed635";
const OWN = new Uint8Array(32).fill(1);
const CONSOLE = new Uint8Array(32).fill(2);
const OTHER = new Uint8Array(32).fill(3);
const theirs = (byte) => toHex(new Uint8Array(32).fill(byte));

function made() {
  const revealed = [];
  const line = { up: true };
  const codes = pageCodes(SESSION, (kind, body) => {
    assert.equal(kind, "code_value");
    if (line.up) revealed.push(body);
    return line.up;
  });
  return { codes, revealed, line };
}

test("the value is revealed once the console has given its own, and makes the code", async () => {
  const { codes, revealed } = made();
  const { value, carried } = await codes.commit(OWN);
  assert.equal(carried.commit, toHex(await commitment(SESSION, OWN, value)));
  assert.deepEqual(revealed, []);

  const code = await codes.agree(OWN, value, CONSOLE, theirs(9));

  assert.deepEqual(revealed, [toHex(value)]);
  const nine = new Uint8Array(32).fill(9);
  assert.equal(code, await securityCode(SESSION, OWN, CONSOLE, value, nine));
});

test("both connections of a page have one code", async () => {
  const { codes, revealed } = made();
  const [picture, files] = await Promise.all([codes.commit(OWN), codes.commit(OWN)]);
  assert.equal(picture.carried.commit, files.carried.commit);

  const [first, second] = await Promise.all(
    [picture, files].map(({ value }) => codes.agree(OWN, value, CONSOLE, theirs(9))));

  assert.equal(first, second);
  assert.equal(revealed.length, 1);
});

test("a console that knows the page gives no value, and the code stays", async () => {
  const { codes, revealed } = made();
  const first = await codes.commit(OWN);
  const code = await codes.agree(OWN, first.value, CONSOLE, theirs(9));
  const again = await codes.commit(OWN);
  assert.notEqual(again.carried.commit, first.carried.commit);

  assert.equal(await codes.agree(OWN, again.value, CONSOLE, undefined), code);
  assert.equal(revealed.length, 1);
});

test("another console gets another value, and has another code", async () => {
  const { codes } = made();
  const first = await codes.commit(OWN);
  const code = await codes.agree(OWN, first.value, CONSOLE, theirs(9));
  const next = await codes.commit(OWN);

  assert.notEqual(await codes.agree(OWN, next.value, OTHER, theirs(9)), code);
});

test("an offer says with which console there is a code, so that an earlier one agrees anew", async () => {
  const { codes, revealed } = made();
  const codeWith = async (console) => {
    const { value, carried } = await codes.commit(OWN);
    return { agreed: carried.agreed, code: await codes.agree(OWN, value, console, theirs(9)) };
  };
  const first = await codeWith(CONSOLE);
  const other = await codeWith(OTHER);
  const back = await codeWith(CONSOLE);

  assert.deepEqual([first.agreed, other.agreed, back.agreed], ["", toHex(CONSOLE), toHex(OTHER)]);
  assert.equal(new Set([first.code, other.code, back.code, ""]).size, 4);
  assert.equal(revealed.length, 3);
  assert.equal((await codes.commit(OWN)).carried.agreed, toHex(CONSOLE));
});

test("a value that cannot be told is told with the next state", async () => {
  const { codes, revealed, line } = made();
  const { value } = await codes.commit(OWN);
  line.up = false;
  const code = await codes.agree(OWN, value, CONSOLE, theirs(9));
  codes.changed({ over: false });
  assert.deepEqual(revealed, []);

  line.up = true;
  codes.changed({ over: false });
  codes.changed({ over: false });

  assert.deepEqual(revealed, [toHex(value)]);
  assert.equal(await codes.agree(OWN, value, CONSOLE, theirs(9)), code);
});

test("a value that may have been lost on its way is told again until the console has it", async () => {
  const { codes, revealed } = made();
  const first = await codes.commit(OWN);
  await codes.agree(OWN, first.value, CONSOLE, theirs(9));
  codes.lost();
  codes.changed({ over: false });
  assert.deepEqual(revealed, [toHex(first.value), toHex(first.value)]);

  const next = await codes.commit(OWN);
  await codes.agree(OWN, next.value, CONSOLE, undefined);
  codes.lost();
  codes.changed({ over: false });
  assert.equal(revealed.length, 2);
});

test("a fresh exchange takes the place of a value that did not arrive", async () => {
  const { codes, revealed, line } = made();
  const first = await codes.commit(OWN);
  line.up = false;
  await codes.agree(OWN, first.value, CONSOLE, theirs(9));
  line.up = true;
  const next = await codes.commit(OWN);
  await codes.agree(OWN, next.value, CONSOLE, theirs(8));
  codes.changed({ over: false });

  assert.deepEqual(revealed, [toHex(next.value)]);
});

test("there is no code with a console that is too old to agree on one", async () => {
  const { codes, revealed } = made();
  const { value } = await codes.commit(OWN);

  assert.equal(await codes.agree(OWN, value, CONSOLE, undefined), "");
  assert.deepEqual(revealed, []);
});

test("an older answer does not bring back the code of another console", async () => {
  const { codes } = made();
  const first = await codes.commit(OWN);
  await codes.agree(OWN, first.value, CONSOLE, theirs(9));
  const next = await codes.commit(OWN);

  assert.equal(await codes.agree(OWN, next.value, OTHER, undefined), "");
});

test("a value that has been revealed is not used with another answer", async () => {
  const { codes, revealed } = made();
  const { value } = await codes.commit(OWN);
  await codes.agree(OWN, value, CONSOLE, theirs(9));

  for (const [console, given] of [[CONSOLE, theirs(8)], [OTHER, theirs(9)]]) {
    await assert.rejects(codes.agree(OWN, value, console, given), /revealed already/);
  }
  assert.equal(revealed.length, 1);
});

test("a malformed answer reveals nothing", async () => {
  const { codes, revealed } = made();
  const { value } = await codes.commit(OWN);

  await assert.rejects(codes.agree(OWN, value, CONSOLE, "not a value"), /no value/);
  assert.deepEqual(revealed, []);
});
