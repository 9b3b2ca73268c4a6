// One WebSocket to /Customer/Live, from its opening to its end.

import { CLOSE_MALFORMED, CLOSE_TOKEN_REFUSED } from "./words.js";

// The server repeats the state every 20 s; longer silence means that the connection is dead.
const SILENCE_MS = 50_000;
// Some networks do not refuse WebSockets, but swallow what is sent in them.
const FIRST_WORD_MS = 6_000;
const OPEN = 1;

/**
 * Open a WebSocket.
 *
 * @param {Function} opening Returns what the page sends first.
 * @param {{told: Function, ended: Function}} on `told(message)` is called for each message of the
 *   server; `ended(refused)` once, unless `close` was called before: with true when the server does
 *   not know the page.
 * @returns {{send: Function, close: Function}} `send(message)` returns false if it cannot now.
 */
export function openSocket(opening, on) {
  const url = new URL("/Customer/Live", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("lang", document.documentElement.lang);
  let socket = null;
  let ended = false;
  let silence = 0;
  // The server accepts nothing until it has answered the opening with a state.
  let known = false;

  function close() {
    ended = true;
    clearTimeout(silence);
    socket?.close();
  }

  function end(refused) {
    if (ended) return;
    close();
    on.ended(refused);
  }

  function listen(forMs) {
    clearTimeout(silence);
    silence = setTimeout(end, forMs, false);
  }

  function send(message) {
    if (ended || !known || socket.readyState !== OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  }

  listen(FIRST_WORD_MS);
  try {
    socket = new WebSocket(url);
  } catch {
    // A browser without WebSockets, or one that has been forbidden to use them.
    listen(0);
    return { send, close };
  }
  socket.onopen = () => socket.send(JSON.stringify({ kind: "open", ...opening() }));
  socket.onmessage = (message) => {
    if (ended) return;
    listen(SILENCE_MS);
    const told = JSON.parse(message.data);
    known ||= told.kind === "state";
    on.told(told);
  };
  socket.onclose = ({ code }) => end(code === CLOSE_TOKEN_REFUSED || code === CLOSE_MALFORMED);
  return { send, close };
}
