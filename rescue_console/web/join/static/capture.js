// Lets the person pick what is shown: a screen or window, or the camera if a browser can show none.

import { abilityOf, whyRefused } from "./refusal.js";

const FRAMES_PER_SECOND = 30;

/** What this browser can show; phones can show only the camera's picture. */
export const ability = abilityOf(globalThis);

const PERMISSIONS = { screen: "display-capture", camera: "camera" };

/**
 * Let the person choose; must be called from a click.
 *
 * @returns {Promise<{stream: MediaStream?, hindrance: string}>} Without a stream, why there is none.
 */
export async function pick() {
  const { way } = ability;
  if (way === "") return { stream: null, hindrance: ability.hindrance };
  const began = performance.now();
  try {
    const stream = await (way === "screen" ? pickScreen() : pickCamera());
    // Text on a screen must stay sharp, even if frames are dropped for that.
    for (const track of stream.getVideoTracks()) track.contentHint = "detail";
    return { stream, hindrance: "" };
  } catch (error) {
    const afterMs = performance.now() - began;
    const permission = await permissionFor(PERMISSIONS[way]);
    return { stream: null, hindrance: whyRefused(error, { way, afterMs, permission }) };
  }
}

function pickScreen() {
  const frameRate = { ideal: FRAMES_PER_SECOND, max: FRAMES_PER_SECOND };
  // TypeScript's types do not know all of these options.
  const wanted = {
    video: { frameRate, cursor: "always" },
    audio: false,
    // Offer whole screens, but not this page itself: nobody needs help with it.
    monitorTypeSurfaces: "include",
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
  };
  return navigator.mediaDevices.getDisplayMedia(wanted);
}

function pickCamera() {
  return navigator.mediaDevices.getUserMedia({
    video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } },
    audio: false,
  });
}

/** Return what the browser says about a permission; empty if it says nothing. */
async function permissionFor(name) {
  try {
    const found = await navigator.permissions.query({ name });
    return found.state;
  } catch {
    return "";
  }
}

/** Stop a stream at once; the browser's own sign that it is on disappears, too. */
export function release(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
