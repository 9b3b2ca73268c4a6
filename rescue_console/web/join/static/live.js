// The connection to /Customer/Live: opens it, says who it is, and comes back by itself.

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
// The server repeats the state every 20 s; silence for longer means a dead line.
const SILENCE_MS = 50_000;
// Close codes of the server: what this page said made no sense; it is not known (any more).
const MALFORMED = 4400;
const REFUSED = 4401;

/**
 * Follow the session until it is over or the page goes away.
 *
 * @param {{code?: string, key?: string, platform?: string}} opening What the page says first.
 * @param {{changed: Function, lost?: Function, back?: Function, refused?: Function}} tell
 * @returns {{stop: Function}}
 */
export function follow(opening, tell) {
  const url = new URL("/Customer/Live", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("lang", document.documentElement.lang);
  let socket = null;
  let failures = 0;
  let retry = 0;
  let silence = 0;
  let stopped = false;

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
    listen();
    opened.onopen = () => opened.send(JSON.stringify(opening));
    opened.onmessage = (message) => {
      if (opened !== socket || stopped) return;
      listen();
      failures = 0;
      tell.back?.();
      const state = JSON.parse(message.data);
      tell.changed(state);
      if (state.over) stop();
    };
    opened.onclose = (closed) => {
      if (opened !== socket || stopped) return;
      if (closed.code === REFUSED || closed.code === MALFORMED) {
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
    // A random part keeps many customers from coming back in the same instant.
    retry = setTimeout(connect, longest * (0.5 + Math.random() / 2));
  }

  function hurry() {
    if (!stopped && socket === null) connect();
  }

  addEventListener("offline", lose);
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  // A page that the browser brings back from its memory has a dead connection and an old state.
  addEventListener("pageshow", (shown) => shown.persisted && location.reload());
  connect();
  return { stop };
}
