// One WebRTC connection that sends the picture to the technician's console.

import { peer } from "./peer.js";

const BITS_PER_SECOND = 12_000_000;
const FRAMES_PER_SECOND = 30;

/**
 * Offer the picture; `close` ends it.
 *
 * @param {MediaStream} stream
 * @param {Function} signal `signal(kind, body)` sends a signal to the console.
 * @param {object} codes See page_codes.js.
 * @param {Function} changed Called with each state of the connection, and the step that it has not
 *   completed yet: "answer", "way", "keys", or "" if it has completed all.
 */
export function sendPicture(stream, signal, codes, changed) {
  let sender = null;
  let step = "answer";
  const link = peer("", signal, codes, prepare);

  async function prepare(connection) {
    connection.oniceconnectionstatechange = () => {
      if (step === "way" && isFound(connection.iceConnectionState)) step = "keys";
    };
    connection.onconnectionstatechange = () => {
      if (connection.connectionState === "connected") step = "";
      if (!link.closed()) changed(connection.connectionState, step);
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
  }

  async function answer(body) {
    const { code } = await link.answer(body);
    if (step === "answer") step = "way";
    return code;
  }

  /** Return the step at which this attempt is stuck, once the console has given up; "" if none. */
  async function failedStep() {
    if (step === "way" || step === "keys") return step;
    return step === "" && (await framesSent(link.connection())) === 0 ? "picture" : "";
  }

  return {
    offer: link.offer,
    answer,
    candidate: link.candidate,
    close: link.close,
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

/** Have a busy device skip single frames rather than fall to a few frames per second. */
async function keepRate(sender) {
  const degradationPreference = "maintain-framerate-and-resolution";
  try {
    await sender.setParameters({ ...sender.getParameters(), degradationPreference });
  } catch {
    // Browsers that do not know this preference go by the content hint "detail".
  }
}

function preferVp8(transceiver) {
  const codecs = RTCRtpSender.getCapabilities?.("video")?.codecs ?? [];
  const wanted = codecs.filter(({ mimeType }) => /\/(vp8|rtx)$/i.test(mimeType));
  if (wanted.some(({ mimeType }) => /vp8/i.test(mimeType))) {
    transceiver.setCodecPreferences?.(wanted);
  }
}
