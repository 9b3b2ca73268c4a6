// The connection that carries files to and from the console: one data channel. The picture has its
// own connection.

import { peer } from "./peer.js";

// How much may wait in the browser to be sent.
const AHEAD_BYTES = 256 * 1024;

/**
 * Offer a connection; once `close` has ended it, nothing in *tell* is called any more.
 *
 * @param {string} page This page's name for itself until it is reloaded.
 * @param {Function} signal `signal(kind, body)` sends a signal to the console.
 * @param {object} codes See page_codes.js.
 * @param {object} tell What to call: `opened()`, `came(data)` with each message, `lost()`.
 */
export function linkFiles(page, signal, codes, tell) {
  let channel = null;
  // Several files may wait for room at the same time.
  const waiting = [];
  const { offer, answer, candidate, closed, close: end } = peer("files_", signal, codes, prepare);

  function prepare(connection) {
    connection.onconnectionstatechange = () => {
      if (["failed", "closed"].includes(connection.connectionState)) lose();
    };
    channel = connection.createDataChannel(`files-${page}`, { ordered: true });
    channel.binaryType = "arraybuffer";
    channel.bufferedAmountLowThreshold = AHEAD_BYTES / 2;
    channel.onbufferedamountlow = wake;
    channel.onopen = () => closed() || tell.opened();
    channel.onmessage = ({ data }) => closed() || tell.came(data);
    channel.onclose = lose;
  }

  /** Send a message; returns false if there is no open channel. */
  function send(data) {
    if (closed() || channel?.readyState !== "open") return false;
    channel.send(data);
    return true;
  }

  /** Wait until there is room for more, or the channel is gone. */
  async function room() {
    while (!closed() && channel.bufferedAmount > AHEAD_BYTES) {
      await new Promise((resolve) => { waiting.push(resolve); });
    }
  }

  function wake() {
    for (const go of waiting.splice(0)) go();
  }

  function lose() {
    if (closed()) return;
    close();
    tell.lost();
  }

  function close() {
    end();
    wake();
  }

  return { offer, answer, candidate, send, room, close };
}
