// One WebRTC connection that sends the picture to the technician's console.

import { fingerprintOf } from "./code.js";
import { iceServers } from "./ice.js";

const BITS_PER_SECOND = 12_000_000;
const FRAMES_PER_SECOND = 30;

/**
 * Offer the picture; `close` ends it.
 *
 * @param {MediaStream} stream
 * @param {Function} signal `signal(kind, body)` hands something to the other side.
 * @param {Function} changed Told each state of the connection, and the step that has not succeeded
 *   yet: "answer", "way", "keys", or "" when all have.
 */
export function sendPicture(stream, signal, changed) {
  let connection = null;
  let sender = null;
  let closed = false;
  let step = "answer";
  // Candidates that come before the answer must wait for it.
  const answered = deferred();

  async function offer() {
    const servers = await iceServers();
    if (closed) return;
    connection = new RTCPeerConnection({ iceServers: servers, bundlePolicy: "max-bundle" });
    connection.oniceconnectionstatechange = () => {
      if (step === "way" && isFound(connection.iceConnectionState)) step = "keys";
    };
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === "connected") step = "";
      if (!closed) changed(connection.connectionState, step);
    };
    connection.onicecandidate = ({ candidate }) => {
      if (!closed) signal("candidate", candidate?.candidate ? JSON.stringify(candidate) : "");
    };
    const [track] = stream.getVideoTracks();
    const transceiver = connection.addTransceiver(track, {
      direction: "sendonly",
      streams: [stream],
      sendEncodings: [{ maxBitrate: BITS_PER_SECOND, maxFramerate: FRAMES_PER_SECOND }],
    });
    sender = transceiver.sender;
    preferVp8(transceiver);
    await keepRate(sender);
    await connection.setLocalDescription();
    if (!closed) signal("offer", JSON.stringify(connection.localDescription));
  }

  /** Take the console's answer; return the fingerprint that the browser holds it to. */
  async function answer(body) {
    const description = JSON.parse(body);
    fingerprintOf(description.sdp);
    await connection.setRemoteDescription(description);
    step = step === "answer" ? "way" : step;
    answered.resolve();
    return fingerprintOf(connection.currentRemoteDescription.sdp);
  }

  async function candidate(body) {
    await answered.promise;
    if (!closed) await connection.addIceCandidate(body ? JSON.parse(body) : undefined);
  }

  /** The step at which this attempt is stuck, once the console has given it up; "" for none. */
  async function failedStep() {
    if (step === "way" || step === "keys") return step;
    return step === "" && (await framesSent(connection)) === 0 ? "picture" : "";
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
    step: () => step,
    failedStep,
    replace: (track) => sender?.replaceTrack(track),
  };
}

async function framesSent(connection) {
  const reports = [...(await connection.getStats()).values()];
  const sent = reports.filter(({ type }) => type === "outbound-rtp");
  return sent.reduce((sum, { framesSent: frames = 0 }) => sum + frames, 0);
}

function isFound(state) {
  return state === "connected" || state === "completed";
}

function deferred() {
  const made = {};
  made.promise = new Promise((resolve) => { made.resolve = resolve; });
  return made;
}

/** Have a busy device skip single frames rather than settle for a few a second. */
async function keepRate(sender) {
  const degradationPreference = "maintain-framerate-and-resolution";
  try {
    await sender.setParameters({ ...sender.getParameters(), degradationPreference });
  } catch {
    // Browsers that do not know the word decide by the hint "detail".
  }
}

function preferVp8(transceiver) {
  const codecs = RTCRtpSender.getCapabilities?.("video")?.codecs ?? [];
  const wanted = codecs.filter(({ mimeType }) => /\/(vp8|rtx)$/i.test(mimeType));
  if (wanted.some(({ mimeType }) => /vp8/i.test(mimeType))) {
    transceiver.setCodecPreferences?.(wanted);
  }
}
