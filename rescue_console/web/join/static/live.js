// The connection to the server: it identifies the page, and opens again by itself after a loss. It
// is a WebSocket or, where none gets through, plain requests.

import { keepingPlain } from "./kept.js";
import { openPolling } from "./polling_way.js";
import { openSocket } from "./socket_way.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
// Requests that get through where one WebSocket has not may be luck; the second one decides.
const SECOND_LOOK_MS = 1_500;
// When the next one is tried after that. A network rarely changes its mind, and each try costs it a
// connection.
const FIRST_LOOK_MS = 60_000;
const LONGEST_LOOK_MS = 900_000;
const LOOK_ONLINE_MS = 5_000;

/**
 * Follow the session until it is over or the page goes away.
 *
 * @param {Function} opening Returns what the page sends first: a link's code and key with the
 *   platform or, in the room, the session and the number of the last chat message seen.
 * @param {object} tell What to call: `changed(state)`; and, if present, `lost()` and `back()` for
 *   the connection, `plain(is)` when it turns out that no WebSocket gets through or that one does
 *   again, `missed()` when something said by a connection that was replaced has not arrived,
 *   `refused()` when the server does not know the page, `said(message)` for a chat message,
 *   `paged(told)` for a page of earlier ones, `signalled(signal)` for a signal from the technician,
 *   `denied(refusal)` when the server refuses a message from this page.
 * @returns {{stop: Function, send: Function}} `send(message)` returns false if there is no
 *   connection; it keeps nothing for later.
 */
export function follow(opening, tell) {
  const takers = {
    state: take,
    chat: ({ message }) => tell.said?.(message),
    chat_page: (told) => tell.paged?.(told),
    signal: ({ signal }) => tell.signalled?.(signal),
    refused: (refusal) => tell.denied?.(refusal),
  };
  let way = null;
  let failures = 0;
  let retry = 0;
  let stopped = false;
  // Whether requests get through where a WebSocket has not, and whether that is certain.
  let plain = false;
  let certain = false;
  // Whether the page before, in this tab, has ended that way: this one then begins with it.
  const kept = keepingPlain();
  let hinted = kept.read();
  // The WebSocket that is tried besides, and when the next one is.
  let trial = null;
  let look = 0;
  let lookPauseMs = FIRST_LOOK_MS;

  function take(state) {
    tell.changed(state);
    if (state.over) stop();
  }

  function stop() {
    stopped = true;
    clearTimeout(retry);
    clearTimeout(look);
    way?.close();
    trial?.close();
  }

  /** Open a connection; `unheard` is called if it ends before the server has said anything. */
  function attempt(open, unheard) {
    let heard = false;
    const opened = open(opening, {
      told(message) {
        if (!heard) settle(opened, open === openPolling);
        heard = true;
        if (opened === way) {
          failures = 0;
          tell.back?.();
        }
        // A way that has been left still brings the answers to what was said by it.
        takers[message.kind]?.(message);
      },
      ended(refused) {
        if (refused) {
          stop();
          tell.refused?.();
        } else if (heard) {
          lose();
        } else {
          unheard();
        }
      },
      missed: () => tell.missed?.(),
    });
    return opened;
  }

  /** Use `opened`, by which the server has just been heard. */
  function settle(opened, isPlain) {
    if (way !== opened) way?.close();
    if (trial === opened) trial = null;
    way = opened;
    kept.write(isPlain);
    if (isPlain === plain) return;
    plain = isPlain;
    clearTimeout(look);
    if (plain) {
      lookPauseMs = FIRST_LOOK_MS;
      lookLater(SECOND_LOOK_MS);
    } else {
      decide(false);
    }
  }

  function decide(isCertain) {
    if (isCertain === certain) return;
    certain = isCertain;
    tell.plain?.(certain);
  }

  function lookLater(pauseMs) {
    clearTimeout(look);
    look = setTimeout(lookNow, pauseMs);
  }

  function lookNow() {
    trial?.close();
    trial = attempt(openSocket, async () => {
      trial = null;
      lookLater(lookPauseMs);
      lookPauseMs = Math.min(lookPauseMs * 2, LONGEST_LOOK_MS);
      // A lost network lets no request through either.
      if (await isReached() && plain && way !== null && !stopped) decide(true);
    });
  }

  function connect() {
    clearTimeout(retry);
    const byRequests = () => { way = attempt(openPolling, lose); };
    if (plain) byRequests();
    else if (hinted) way = attempt(openPolling, () => { way = attempt(openSocket, lose); });
    else way = attempt(openSocket, byRequests);
    hinted = false;
  }

  function lose() {
    if (stopped) return;
    clearTimeout(retry);
    way?.close();
    way = null;
    plain = certain;
    tell.lost?.();
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
    failures += 1;
    // A random part keeps many customers from coming back at the same instant.
    retry = setTimeout(connect, longest * (0.5 + Math.random() / 2));
  }

  function hurry() {
    if (!stopped && way === null) connect();
  }

  function online() {
    // It may be another network.
    if (!stopped && plain) lookLater(LOOK_ONLINE_MS);
    hurry();
  }

  addEventListener("offline", lose);
  addEventListener("online", online);
  document.addEventListener("visibilitychange", hurry);
  // A page that the browser restores from its cache has a dead connection and an old state.
  addEventListener("pageshow", (shown) => shown.persisted && location.reload());
  connect();
  return { stop, send: (message) => way?.send(message) ?? false };
}

/** Tell whether the server can be reached now; this file is there without any cookie. */
async function isReached() {
  try {
    return (await fetch(import.meta.url, { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
