import assert from "node:assert/strict";
import test from "node:test";

import { load, page } from "./page.js";

page("en");
const { firstLinesEnd } = await load("fold.js");
const { FOLD_LINES } = await load("words.js");

test("the lines shown at first end where a line ends", () => {
  const lines = Array.from({ length: FOLD_LINES + 1 }, (_, number) => `line ${number}`);

  assert.equal(firstLinesEnd(lines.join("\n")), lines.slice(0, -1).join("\n").length);
});

test("a text of few lines is shown whole", () => {
  const text = Array.from({ length: FOLD_LINES }, () => "x").join("\n");

  for (const short of ["", "x", text]) assert.equal(firstLinesEnd(short), short.length);
});
