// One WebRTC connection offered to the technician's console, for the picture or for files. It is
// encrypted for the certificates of both sides, which the security code is made from.

import { fingerprintOf } from "./code.js";
import { iceServers } from "./ice.js";

/**
 * Offer a connection; once `close` has ended it, nothing is sent any more.
 *
 * @param {string} prefix The beginning of each signal's kind, such as "files_" in "files_offer".
 * @param {Function} signal `signal(kind, body)` sends a signal to the console.
 * @param {object} codes See page_codes.js.
 * @param {Function} prepare Called with the new connection, to add what it is to carry.
 * @returns {object} `offer()` makes the offer; call `answer(body)` and `candidate(body)` with what
 *   the console sends; `connection()` returns null until the offer is made; `closed()` tells
 *   whether `close` was called.
 */
export function peer(prefix, signal, codes, prepare) {
  let connection = null;
  let closed = false;
  let answered = null;
  // The fingerprint in our offer, and the value that it commits us to.
  let own = null;
  let value = null;
  // Candidates that arrive before the answer must wait for it.
  const answerTaken = new Promise((resolve) => { answered = resolve; });

  async function offer() {
    const servers = await iceServers();
    if (closed) return;
    const certificates = [await codes.ownCertificate()];
    if (closed) return;
    connection = new RTCPeerConnection({
      iceServers: servers, bundlePolicy: "max-bundle", certificates });
    connection.onicecandidate = ({ candidate: found }) => {
      if (!closed) signal(`${prefix}candidate`, found?.candidate ? JSON.stringify(found) : "");
    };
    await prepare(connection);
    await connection.setLocalDescription();
    const { type, sdp } = connection.localDescription;
    own = fingerprintOf(sdp);
    const committed = await codes.commit(own);
    value = committed.value;
    if (!closed) signal(`${prefix}offer`, JSON.stringify({ type, sdp, ...committed.carried }));
  }

  /**
   * Apply the console's answer; returns the fingerprint that the browser checks it against, and the
   * security code, which is empty if the console is too old to agree on one.
   */
  async function answer(body) {
    const { type, sdp, value: theirs } = JSON.parse(body);
    fingerprintOf(sdp);
    await connection.setRemoteDescription({ type, sdp });
    answered();
    const fingerprint = fingerprintOf(connection.currentRemoteDescription.sdp);
    return { fingerprint, code: await codes.agree(own, value, fingerprint, theirs) };
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
