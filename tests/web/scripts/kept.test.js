import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { load, storage } from "./page.js";

const { keepingChat, keepingPlain, keepingTakenBack } = await load("kept.js");
const UNSENT = [{ key: "k", text: "hello", at: "2026-01-02T03:04:05Z" }];
let items;

beforeEach(() => { items = storage(); });

test("what is written is there after a reload", () => {
  keepingChat("s1").write("half a sen", UNSENT);

  assert.deepEqual(keepingChat("s1").read(), { draft: "half a sen", unsent: UNSENT });
});

test("the next session in this tab gets none of it", () => {
  keepingChat("s1").write("secret", UNSENT);
  keepingTakenBack("s1").write(["view"]);

  assert.deepEqual(keepingChat("s2").read(), { draft: "", unsent: [] });
  assert.deepEqual(keepingTakenBack("s2").read(), []);
});

test("the next page knows by which way the server was reached", () => {
  assert.equal(keepingPlain().read(), false);
  keepingPlain().write(true);
  assert.equal(keepingPlain().read(), true);
  keepingPlain().write(false);
  assert.equal(items.size, 0);
  items.set("plain", "7");
  assert.equal(keepingPlain().read(), false);
});

test("nothing stays when there is nothing to keep", () => {
  keepingChat("s1").write("draft", []);
  keepingTakenBack("s1").write(["view"]);

  keepingChat("s1").write("", []);
  keepingTakenBack("s1").write([]);

  assert.equal(items.size, 0);
});

test("what another program has stored there is not mistaken for messages", () => {
  for (const value of ["{", "null", "7", '{"draft": 5, "unsent": "x"}', '{"unsent": [{"key": 1}]}']) {
    items.set("chat s1", value);
    assert.deepEqual(keepingChat("s1").read(), { draft: "", unsent: [] });
  }
});

test("a browser that stores nothing causes no error", () => {
  storage(true);

  keepingChat("s1").write("draft", UNSENT);

  assert.deepEqual(keepingChat("s1").read(), { draft: "", unsent: [] });
});
