// Lets the person pick what is shown: a screen or window, or the camera if a browser can show none.

const FRAMES_PER_SECOND = 30;

/** Whether this browser can show its screen; phones cannot. */
export const canShowScreen = Boolean(navigator.mediaDevices?.getDisplayMedia);

/** Whether this browser can show anything at all. */
export const canShow = canShowScreen || Boolean(navigator.mediaDevices?.getUserMedia);

/**
 * Let the person choose; must be called from a click.
 *
 * @returns {Promise<MediaStream?>} null if they choose nothing.
 */
export async function pick() {
  try {
    const stream = canShowScreen ? await pickScreen() : await pickCamera();
    // Text on a screen must stay sharp, even if frames are dropped for that.
    for (const track of stream.getVideoTracks()) track.contentHint = "detail";
    return stream;
  } catch {
    return null;
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

/** Stop a stream at once; the browser's own sign that it is on disappears, too. */
export function release(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
