import assert from "node:assert/strict";
import test from "node:test";

import { load, page } from "./page.js";

page("en");
const english = await load("files_format.js");
page("fr");
const french = await load("files_format.js");

/** Return *text* with plain spaces, since their kinds differ between versions of language data. */
const plain = (text) => text.replace(/\s/gu, " ");

test("sizes go up in thousands, with one decimal from megabytes on", () => {
  const sizes = [1, 999, 1_000, 999_499, 1_500_000, 2_000_000_000];

  assert.deepEqual(sizes.map((size) => plain(english.sizeText(size))), [
    "1 byte", "999 bytes", "1 kB", "999 kB", "1.5 MB", "2 GB",
  ]);
});

test("an empty file and one larger than all units have a size, too", () => {
  assert.equal(plain(english.sizeText(0)), "0 bytes");
  assert.equal(plain(english.sizeText(5e15)), "5,000,000 GB");
});

test("a speed is a size per second", () => {
  assert.equal(plain(english.speedText(2_500_000)), "2.5 MB/s");
});

test("a time is given in the unit that people would choose", () => {
  assert.deepEqual([0.2, 59, 60, 61, 3_600, 5_400].map((time) => plain(english.timeText(time))), [
    "1 second", "59 seconds", "1 minute", "2 minutes", "1 hour", "1.5 hours",
  ]);
});

test("a share below the whole is never shown as 100 %", () => {
  assert.equal(english.percentText(0.999), "99%");
  assert.equal(english.percentText(1), "100%");
});

test("everything is given in the page's language", () => {
  assert.equal(plain(french.sizeText(1_500_000)), "1,5 Mo");
  assert.equal(plain(french.timeText(59)), "59 secondes");
});
