// One WebRTC connection offered to the technician's console, for the picture or for files. It is
// encrypted for the console's certificate, which the security code is made from.

import { fingerprintOf } from "./code.js";
import { iceServers } from "./ice.js";

/**
 * Offer a connection; once `close` has ended it, nothing is sent any more.
 *
 * @param {string} prefix The beginning of each signal's kind, such as "files_" in "files_offer".
 * @param {Function} signal `signal(kind, body)` sends a signal to the console.
 * @param {Function} prepare Called with the new connection, to add what it is to carry.
 * @returns {object} `offer()` makes the offer; call `answer(body)` and `candidate(body)` with what
 *   the console sends; `connection()` returns null until the offer is made; `closed()` tells
 *   whether `close` was called.
 */
export function peer(prefix, signal, prepare) {
  let connection = null;
  let closed = false;
  let answered = null;
  // Candidates that arrive before the answer must wait for it.
  const answerTaken = new Promise((resolve) => { answered = resolve; });

  async function offer() {
    const servers = await iceServers();
    if (closed) return;
    connection = new RTCPeerConnection({ iceServers: servers, bundlePolicy: "max-bundle" });
    connection.onicecandidate = ({ candidate: found }) => {
      if (!closed) signal(`${prefix}candidate`, found?.candidate ? JSON.stringify(found) : "");
    };
    await prepare(connection);
    await connection.setLocalDescription();
    if (!closed) signal(`${prefix}offer`, JSON.stringify(connection.localDescription));
  }

  /** Apply the console's answer; returns the fingerprint that the browser checks it against. */
  async function answer(body) {
    const description = JSON.parse(body);
    fingerprintOf(description.sdp);
    await connection.setRemoteDescription(description);
    answered();
    return fingerprintOf(connection.currentRemoteDescription.sdp);
  }

  /** Add one of the console's candidates; an invalid one does no harm. */
  async function candidate(body) {
    await answerTaken;
    if (closed) return;
    try {
      await connection.addIceCandidate(body ? JSON.parse(body) : undefined);
    } catch {
      // Other candidates may work.
    }
  }

  function close() {
    closed = true;
    connection?.close();
  }

  return {
    offer,
    answer,
    candidate,
    close,
    connection: () => connection,
    closed: () => closed,
  };
}
