// One WebRTC connection offered to the technician's console, whatever it carries. It is encrypted
// for the console's certificate, which the security code stands for.

import { fingerprintOf } from "./code.js";
import { iceServers } from "./ice.js";

/**
 * Offer a connection; `close` ends it, and nothing is sent any more.
 *
 * @param {string} prefix Begins the kind of each signal, as "files_" in "files_offer".
 * @param {Function} signal `signal(kind, body)` hands something to the console.
 * @param {Function} prepare Given the new connection, adds to it what it is to carry.
 * @returns {object} `offer()` begins, `answer(body)` and `candidate(body)` take what the console
 *   sends, `connection()` is null until the offer is made, `closed()` tells whether it is over.
 */
export function peer(prefix, signal, prepare) {
  let connection = null;
  let closed = false;
  let answered = null;
  // Candidates that come before the answer must wait for it.
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

  /** Take the console's answer; return the fingerprint that the browser holds it to. */
  async function answer(body) {
    const description = JSON.parse(body);
    fingerprintOf(description.sdp);
    await connection.setRemoteDescription(description);
    answered();
    return fingerprintOf(connection.currentRemoteDescription.sdp);
  }

  /** Take one of the console's candidates; one that makes no sense spoils nothing. */
  async function candidate(body) {
    await answerTaken;
    if (closed) return;
    try {
      await connection.addIceCandidate(body ? JSON.parse(body) : undefined);
    } catch {
      // Others may do.
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
