import assert from "node:assert/strict";
import test from "node:test";

import { load, page } from "./page.js";

page("en");
const { openPolling } = await load("polling_way.js");
const { NOT_FOUND } = await load("words.js");

const STATE = { kind: "state" };
const PROBLEM = "application/problem+json";

function json(body, status = 200, kind = "application/json") {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": kind } });
}

/** Open a way whose requests wait until they are answered. */
function opened(onTold = () => {}) {
  const requests = [];
  const heard = { told: [], ended: [], missed: 0 };
  globalThis.fetch = (url, { body, signal }) => new Promise((resolve, reject) => {
    requests.push({ path: url.split("?")[0], body: JSON.parse(body), answer: resolve, fail: reject });
    signal.addEventListener("abort", () => reject(new Error("aborted")));
  });
  const way = openPolling(() => ({ session: "1" }), {
    told(message) { heard.told.push(message); onTold(way, message); },
    ended: (refused) => heard.ended.push(refused),
    missed: () => { heard.missed += 1; },
  });
  /** Return the next request, once it is made. */
  async function next() {
    while (requests.length === 0) await settled();
    return requests.shift();
  }
  return { way, heard, next };
}

const settled = () => new Promise((resolve) => { setImmediate(resolve); });

async function until(holds) {
  while (!holds()) await settled();
}

async function begun(onTold) {
  const all = opened(onTold);
  (await all.next()).answer(json({ number: 7, messages: [STATE] }));
  await until(() => all.heard.told.length === 1);
  return all;
}

test("what waits goes out with the first answer, not with the next one", async () => {
  const consent = { kind: "consent", granted: false };
  let sent = null;
  const { next } = await begun((way) => { sent ??= way.send(consent); });
  assert.equal(sent, true);
  const requests = [await next(), await next()];
  assert.deepEqual(requests.find(({ path }) => path === "/Customer/Say").body, consent);
  assert.equal(requests.find(({ path }) => path === "/Customer/Poll").body.after, 7);
});

test("what was said before the end still goes out, and its refusal is told", async () => {
  const { way, heard, next } = await begun();
  const refusal = { kind: "refused", key: "1" };
  await next();
  way.send({ kind: "chat", key: "1" });
  way.send({ kind: "chat", key: "2" });
  const first = await next();
  way.close();
  first.answer(json({ answer: refusal }));
  const second = await next();
  second.answer(json({ answer: null }));
  await settled();

  assert.equal(second.body.key, "2");
  assert.deepEqual(heard, { told: [STATE, refusal], ended: [], missed: 0 });
  assert.equal(way.send({ kind: "chat", key: "3" }), false);
});

test("what does not arrive after the end is reported once", async () => {
  const { way, heard, next } = await begun();
  await next();
  for (const key of ["1", "2", "3"]) way.send({ kind: "chat", key });
  const first = await next();
  way.close();
  first.fail(new Error("the network is gone"));
  await until(() => heard.missed);
  await settled();

  assert.deepEqual(heard, { told: [STATE], ended: [], missed: 1 });
});

for (const [name, answer, refused] of [
  ["of our server, which does not know the page", json({ type: NOT_FOUND }, 404, PROBLEM), true],
  ["of a proxy", new Response("Not Found", { status: 404 }), false],
  ["of a proxy with a kind of its own", json({ type: NOT_FOUND }, 404, "text/html"), false],
  ["of a gateway that describes its problems", json({ type: "about:blank" }, 404, PROBLEM), false],
  ["of one that describes none", json(null, 404, PROBLEM), false],
]) {
  test(`a 404 ${name} ${refused ? "ends the page" : "is an ordinary loss"}`, async () => {
    const { heard, next } = opened();
    (await next()).answer(answer);
    await until(() => heard.ended.length);
    assert.deepEqual(heard.ended, [refused]);
  });
}
