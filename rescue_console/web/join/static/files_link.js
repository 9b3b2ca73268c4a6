// The connection to the console by which files go: WebRTC with one data channel, encrypted for the
// console's certificate, which the security code stands for. It is not the picture's.

import { fingerprintOf } from "./code.js";
import { iceServers } from "./ice.js";

// What may wait in the browser to be sent.
const AHEAD_BYTES = 256 * 1024;

/**
 * Offer a connection; `close` ends it and nothing is told any more.
 *
 * @param {string} page What this page calls itself until it is reloaded.
 * @param {Function} signal `signal(kind, body)` hands something to the console.
 * @param {object} tell `opened()`, `came(data)` with each message, `lost()` at the end.
 */
export function linkFiles(page, signal, tell) {
  let connection = null;
  let channel = null;
  let closed = false;
  let answered = null;
  // Candidates that come before the answer must wait for it.
  const answerTaken = new Promise((resolve) => { answered = resolve; });
  // Several files may wait for room at the same time.
  const waiting = [];

  async function offer() {
    const servers = await iceServers();
    if (closed) return;
    connection = new RTCPeerConnection({ iceServers: servers });
    connection.onconnectionstatechange = () => {
      if (["failed", "closed"].includes(connection.connectionState)) lose();
    };
    connection.onicecandidate = ({ candidate }) => {
      if (closed) return;
      signal("files_candidate", candidate?.candidate ? JSON.stringify(candidate) : "");
    };
    open();
    await connection.setLocalDescription();
    if (!closed) signal("files_offer", JSON.stringify(connection.localDescription));
  }

  function open() {
    channel = connection.createDataChannel(`files-${page}`, { ordered: true });
    channel.binaryType = "arraybuffer";
    channel.bufferedAmountLowThreshold = AHEAD_BYTES / 2;
    channel.onbufferedamountlow = wake;
    channel.onopen = () => closed || tell.opened();
    channel.onmessage = ({ data }) => closed || tell.came(data);
    channel.onclose = lose;
  }

  /** Take the console's answer; return the fingerprint that the browser holds it to. */
  async function answer(body) {
    const description = JSON.parse(body);
    fingerprintOf(description.sdp);
    await connection.setRemoteDescription(description);
    answered();
    return fingerprintOf(connection.currentRemoteDescription.sdp);
  }

  async function candidate(body) {
    await answerTaken;
    if (!closed) await connection.addIceCandidate(body ? JSON.parse(body) : undefined);
  }

  /** Send a message; returns false when there is no channel any more. */
  function send(data) {
    if (closed || channel?.readyState !== "open") return false;
    channel.send(data);
    return true;
  }

  /** Wait until there is room for more, or the channel is gone. */
  async function room() {
    while (!closed && channel.bufferedAmount > AHEAD_BYTES) {
      await new Promise((resolve) => { waiting.push(resolve); });
    }
  }

  function wake() {
    for (const go of waiting.splice(0)) go();
  }

  function lose() {
    if (closed) return;
    close();
    tell.lost();
  }

  function close() {
    closed = true;
    wake();
    connection?.close();
  }

  return { offer, answer, candidate, send, room, close };
}
