// The messages of /Customer/Live by plain requests, for networks that let no WebSocket through: one
// request waits at the server until there is news, and the next one follows it.

import { NOT_FOUND } from "./words.js";

const ANSWER_WITHIN_MS = 50_000;
const HEARD_WITHIN_MS = 20_000;
// Between two requests, so that a server that answers at once is not asked without end.
const PAUSE_MS = 100;

class NotKnown extends Error {}

/** Tell whether it is our server that does not know the page: any proxy may answer with 404. */
async function isNotKnown(answer) {
  const kind = answer.headers.get("Content-Type") ?? "";
  return kind.startsWith("application/problem+json") && (await answer.json()).type === NOT_FOUND;
}

/**
 * Begin to ask for news.
 *
 * @param {Function} opening Returns what identifies the page.
 * @param {{told: Function, ended: Function, missed: Function}} on `told(message)` is called for each
 *   message of the server; `ended(refused)` once, unless `close` was called before: with true when
 *   the server does not know the page. What was said before `close` still goes out and is answered;
 *   `missed()` is called once if it does not arrive.
 * @returns {{send: Function, close: Function}} `send(message)` returns false if it cannot now.
 */
export function openPolling(opening, on) {
  const leaving = new AbortController();
  const lost = new AbortController();
  let after = null;
  let saying = Promise.resolve();

  function ended() {
    return leaving.signal.aborted;
  }

  /** Ask no more; what has been said still goes out. */
  function close() {
    leaving.abort();
  }

  function end(error) {
    if (lost.signal.aborted) return;
    lost.abort();
    if (ended()) {
      on.missed();
      return;
    }
    close();
    on.ended(error instanceof NotKnown);
  }

  /** Send one request; what is not an answer of our server is an error. */
  async function post(path, query, body, withinMs, { signal }) {
    const late = new AbortController();
    const stop = () => late.abort();
    const timer = setTimeout(stop, withinMs);
    signal.addEventListener("abort", stop);
    try {
      const answer = await fetch(`${path}?${new URLSearchParams(query)}`, {
        method: "POST",
        cache: "no-store",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal: late.signal,
      });
      if (!answer.ok && await isNotKnown(answer)) throw new NotKnown();
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      return await answer.json();
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }

  /** Ask once; returns what is new, and the number after which to ask next. */
  function ask() {
    const query = { lang: document.documentElement.lang };
    return post("/Customer/Poll", query, { ...opening(), after }, ANSWER_WITHIN_MS, leaving);
  }

  function tell(messages) {
    for (const message of messages) {
      if (ended()) break;
      on.told(message);
    }
  }

  async function follow() {
    try {
      while (!ended()) {
        const { number, messages } = await ask();
        // Before telling: what waits to be sent goes out as soon as there is a state.
        after = number;
        tell(messages);
        await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
      }
    } catch (error) {
      // A request that was waiting for news ends with `close`, and nothing is lost by that.
      if (!ended()) end(error);
    }
  }

  async function say(message) {
    if (lost.signal.aborted) return;
    try {
      const query = { session: opening().session };
      const { answer } = await post("/Customer/Say", query, message, HEARD_WITHIN_MS, lost);
      if (answer) on.told(answer);
    } catch (error) {
      end(error);
    }
  }

  function send(message) {
    if (ended() || after === null) return false;
    // One after the other: an offer must arrive before its candidates.
    saying = saying.then(() => say(message));
    return true;
  }

  follow();
  return { send, close };
}
