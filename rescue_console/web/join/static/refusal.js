// Why a browser gives no picture. Browsers say it in words of their own; this finds ours for them.

import { HINDRANCE } from "./words.js";

// Nobody reads a question and answers it within this time, so a refusal that comes sooner was not
// a person's.
const PERSON_MS = 1000;

const OF_CAMERA = {
  [HINDRANCE.NOTHING_CHOSEN]: HINDRANCE.CAMERA_DECLINED,
  [HINDRANCE.DENIED_BY_SYSTEM]: HINDRANCE.CAMERA_DENIED_BY_SYSTEM,
  [HINDRANCE.DENIED_BY_POLICY]: HINDRANCE.CAMERA_DENIED_BY_POLICY,
  [HINDRANCE.BLOCKED]: HINDRANCE.CAMERA_BLOCKED,
  [HINDRANCE.NOTHING_FOUND]: HINDRANCE.CAMERA_NOT_FOUND,
  [HINDRANCE.NOT_READABLE]: HINDRANCE.CAMERA_NOT_READABLE,
  [HINDRANCE.BROKEN_OFF]: HINDRANCE.CAMERA_BROKEN_OFF,
};

/**
 * Find out what a browser can show before anybody is asked.
 *
 * @param {any} browser `globalThis`, or what stands in for it.
 * @returns {{way: "screen" | "camera" | "", hindrance: string, tabs: boolean}} `way` is empty if it
 *   can show nothing; `hindrance` says why, or why only the camera. `tabs` tells whether it offers
 *   single tabs.
 */
export function abilityOf(browser) {
  const devices = browser.navigator?.mediaDevices;
  const able = (way, hindrance = "") => ({
    way,
    hindrance,
    // Only browsers that offer tabs let pages say what is in theirs.
    tabs: way === "screen" && "setCaptureHandleConfig" in devices,
  });
  if (browser.isSecureContext === false && !devices) return able("", HINDRANCE.INSECURE);
  if (!browser.RTCPeerConnection) return able("", HINDRANCE.NO_WEBRTC);
  if (devices?.getDisplayMedia) {
    const forbidden = isForbidden(browser.document, "display-capture");
    return forbidden ? able("", HINDRANCE.DENIED_BY_POLICY) : able("screen");
  }
  if (!devices?.getUserMedia) return able("", HINDRANCE.NO_CAPTURE);
  const forbidden = isForbidden(browser.document, "camera");
  return forbidden
    ? able("", HINDRANCE.CAMERA_DENIED_BY_POLICY) : able("camera", HINDRANCE.CAMERA_ONLY);
}

/** Whether a Permissions-Policy, which may come from a proxy, forbids a feature to this page. */
function isForbidden(page, feature) {
  const policy = page?.permissionsPolicy ?? page?.featurePolicy;
  return policy?.features?.().includes(feature) === true && !policy.allowsFeature(feature);
}

/**
 * Return the word for why a browser gave no picture.
 *
 * @param {{name?: string, message?: string}} error What `getDisplayMedia` or `getUserMedia` threw.
 * @param {{way: string, afterMs: number, permission?: string}} known What was asked for, how long
 *   the browser took to refuse, and what it says about the permission, if anything.
 */
export function whyRefused(error, { way, afterMs, permission = "" }) {
  const word = refusal(error, way === "camera", afterMs, permission);
  return way === "camera" ? OF_CAMERA[word] ?? word : word;
}

function refusal({ name = "", message = "" }, camera, afterMs, permission) {
  switch (name) {
    case "NotAllowedError":
    case "PermissionDeniedError":
    case "SecurityError":
      return notAllowed(name, message, camera, afterMs, permission);
    case "NotFoundError":
    case "DevicesNotFoundError":
    case "OverconstrainedError":
      return HINDRANCE.NOTHING_FOUND;
    case "NotReadableError":
    case "TrackStartError":
      return HINDRANCE.NOT_READABLE;
    case "InvalidStateError":
      return isPolicy(message) ? HINDRANCE.DENIED_BY_POLICY : HINDRANCE.BROKEN_OFF;
    case "NotSupportedError":
    case "TypeError":
      return HINDRANCE.NO_CAPTURE;
    default:
      return HINDRANCE.BROKEN_OFF;
  }
}

function notAllowed(name, message, camera, afterMs, permission) {
  if (/by (the )?(operating )?system/i.test(message)) return HINDRANCE.DENIED_BY_SYSTEM;
  if (name === "SecurityError" || isPolicy(message)) return HINDRANCE.DENIED_BY_POLICY;
  if (permission === "denied") return HINDRANCE.BLOCKED;
  if (/by (the )?user\b(?! agent)|dismissed/i.test(message)) return HINDRANCE.NOTHING_CHOSEN;
  if (afterMs >= PERSON_MS) return HINDRANCE.NOTHING_CHOSEN;
  // A browser that says only this much remembers no answer about screens, so it is a rule of IT.
  const only = /^permission denied\.?$/i.test(message.trim());
  return only && !camera ? HINDRANCE.DENIED_BY_POLICY : HINDRANCE.BLOCKED;
}

function isPolicy(message) {
  return /polic(y|ies)\b|disallowed|disabled by (the )?admin/i.test(message);
}
