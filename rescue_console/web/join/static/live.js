// The connection to /Customer/Live: it identifies the page, and opens again by itself after a loss.

import { CLOSE_MALFORMED, CLOSE_TOKEN_REFUSED } from "./words.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
// The server repeats the state every 20 s; longer silence means that the connection is dead.
const SILENCE_MS = 50_000;

/**
 * Follow the session until it is over or the page goes away.
 *
 * @param {Function} opening Returns what the page sends first: a link's code and key with the
 *   platform or, in the room, the session and the number of the last chat message seen.
 * @param {object} tell What to call: `changed(state)`; and, if present, `lost()` and `back()` for
 *   the connection, `refused()` when the server does not know the page, `said(message)` for a chat
 *   message, `paged(told)` for a page of earlier ones, `signalled(signal)` for a signal from the technician, `denied(refusal)` when the
 *   server refuses a message from this page.
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
  const url = new URL("/Customer/Live", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("lang", document.documentElement.lang);
  let socket = null;
  let failures = 0;
  let retry = 0;
  let silence = 0;
  let stopped = false;
  // The server accepts nothing until it has answered the opening with a state.
  let known = false;

  function take(state) {
    known = true;
    tell.changed(state);
    if (state.over) stop();
  }

  function send(message) {
    if (!known || socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  }

  function stop() {
    stopped = true;
    clearTimeout(retry);
    clearTimeout(silence);
    socket?.close();
  }

  function listen() {
    clearTimeout(silence);
    silence = setTimeout(lose, SILENCE_MS);
  }

  function connect() {
    clearTimeout(retry);
    const opened = new WebSocket(url);
    socket = opened;
    known = false;
    listen();
    opened.onopen = () => opened.send(JSON.stringify({ kind: "open", ...opening() }));
    opened.onmessage = (message) => {
      if (opened !== socket || stopped) return;
      listen();
      failures = 0;
      tell.back?.();
      const told = JSON.parse(message.data);
      takers[told.kind]?.(told);
    };
    opened.onclose = (closed) => {
      if (opened !== socket || stopped) return;
      if (closed.code === CLOSE_TOKEN_REFUSED || closed.code === CLOSE_MALFORMED) {
        stop();
        tell.refused?.();
      } else {
        lose();
      }
    };
  }

  function lose() {
    if (stopped) return;
    clearTimeout(silence);
    clearTimeout(retry);
    const dead = socket;
    socket = null;
    dead?.close();
    tell.lost?.();
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
    failures += 1;
    // A random part keeps many customers from coming back at the same instant.
    retry = setTimeout(connect, longest * (0.5 + Math.random() / 2));
  }

  function hurry() {
    if (!stopped && socket === null) connect();
  }

  addEventListener("offline", lose);
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  // A page that the browser restores from its cache has a dead connection and an old state.
  addEventListener("pageshow", (shown) => shown.persisted && location.reload());
  connect();
  return { stop, send };
}
