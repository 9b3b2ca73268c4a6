import assert from "node:assert/strict";
import test from "node:test";

import { load, page } from "./page.js";

page("en");
const words = await load("files_words.js");

test("a part of a file arrives as it was sent", () => {
  const sent = words.writePart(3, 2 ** 40, Uint8Array.of(1, 2, 3));

  const part = words.readPart(sent.buffer);

  assert.deepEqual(part, { t: "chunk", id: 3, offset: 2 ** 40, bytes: Uint8Array.of(1, 2, 3) });
});

for (const [what, length] of [["empty", 16], ["shorter than its header", 8], ["too long", 16 + 32_769]]) {
  test(`a part that is ${what} is refused`, () => {
    assert.throws(() => words.readPart(new ArrayBuffer(length)));
  });
}

test("a number that JavaScript cannot hold exactly is refused", () => {
  const sent = words.writePart(1, 0, Uint8Array.of(1));
  new DataView(sent.buffer).setBigUint64(8, 2n ** 60n);

  assert.throws(() => words.readPart(sent.buffer));
});

test("each message of the console is accepted", () => {
  for (const said of [
    { t: "offer", id: 2, name: "a.txt", size: 0 },
    { t: "accept", id: 1, offset: 7 },
    { t: "got", id: 1, offset: 7 },
    { t: "done", id: 2, sha256: "x" },
    { t: "end", id: 1 },
  ]) {
    assert.deepEqual(words.readSaid(JSON.stringify(said)), said);
  }
});

for (const said of [
  null, 1, [], {},
  { t: "toString", id: 1 },
  { t: "offer", id: 2, name: "a.txt", size: -1 },
  { t: "offer", id: 2, name: 5, size: 1 },
  { t: "accept", id: -1, offset: 0 },
  { t: "got", id: 1, offset: 0.5 },
  { t: "end", id: 1, problem: {} },
]) {
  test(`an invalid message is refused: ${JSON.stringify(said)}`, () => {
    assert.throws(() => words.readSaid(JSON.stringify(said)));
  });
}

test("a message that is too long is refused before it is read", () => {
  assert.throws(() => words.readSaid(" ".repeat(10_000)), /too long/);
});

for (const [name, plain] of [
  ["../../etc/passwd", "passwd"],
  ["C:\\Windows\\a.txt", "a.txt"],
  ["a\u202egnp.exe", "a_gnp.exe"],
  ["what?.txt", "what_.txt"],
  ["name. . .", "name"],
  ["", "file"],
  ["..", "file"],
]) {
  test(`whatever was sent becomes a plain file name: ${JSON.stringify(name)}`, () => {
    assert.equal(words.plainName(name), plain);
  });
}

test("a shortened name keeps its suffix, and no character is cut in two", () => {
  const name = words.plainName(`${"😀".repeat(200)}.jpeg`);

  assert.equal(name, `${"😀".repeat(150)}.jpeg`);
});

test("an impossible time of change counts as none", () => {
  assert.equal(words.changedAt({ lastModified: 1_700_000_000_999 }), 1_700_000_000);
  for (const lastModified of [undefined, -5, Number.NaN, 1e20]) {
    assert.equal(words.changedAt({ lastModified }), 0);
  }
});

test("a file's checksum is its SHA-256 in base64", async () => {
  assert.equal(
    await words.sum(new Blob(["abc"])),
    "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
  );
});
