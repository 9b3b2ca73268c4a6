import assert from "node:assert/strict";
import test from "node:test";

import { load, page } from "./page.js";

page("en");
const { abilityOf, whyRefused } = await load("refusal.js");
const { HINDRANCE } = await load("words.js");

const AGENT = "The request is not allowed by the user agent or the platform in the current context";

/** Return what a browser is, as far as it matters here. */
function browser({ secure = true, rtc = true, screen = true, camera = true, tabs = false } = {}) {
  const devices = {};
  if (screen) devices.getDisplayMedia = () => {};
  if (camera) devices.getUserMedia = () => {};
  if (tabs) devices.setCaptureHandleConfig = () => {};
  return {
    isSecureContext: secure,
    RTCPeerConnection: rtc ? class {} : undefined,
    navigator: { mediaDevices: secure && (screen || camera) ? devices : undefined },
  };
}

const forbidding = (feature) => ({
  featurePolicy: { features: () => [feature], allowsFeature: (asked) => asked !== feature },
});

for (const [what, has, wanted] of [
  ["a computer's browser shows its screen", {}, { way: "screen", hindrance: "", tabs: false }],
  ["one that offers tabs says so", { tabs: true }, { way: "screen", hindrance: "", tabs: true }],
  [
    "a phone's browser shows its camera",
    { screen: false },
    { way: "camera", hindrance: "camera_only", tabs: false },
  ],
  [
    "a browser without either says so",
    { screen: false, camera: false },
    { way: "", hindrance: "no_capture", tabs: false },
  ],
  ["a page over plain http says so", { secure: false }, { way: "", hindrance: "insecure", tabs: false }],
  [
    "a page over plain http says that first",
    { secure: false, rtc: false },
    { way: "", hindrance: "insecure", tabs: false },
  ],
  [
    "a browser without connections is not asked for a picture",
    { rtc: false, tabs: true },
    { way: "", hindrance: "no_webrtc", tabs: false },
  ],
]) {
  test(what, () => assert.deepEqual(abilityOf(browser(has)), wanted));
}

test("a screen or camera that the page may not use is known before anybody asks", () => {
  const screen = { ...browser(), document: forbidding("display-capture") };
  const camera = { ...browser({ screen: false }), document: forbidding("camera") };

  assert.equal(abilityOf(screen).hindrance, "denied_by_policy");
  assert.equal(abilityOf(camera).hindrance, "camera_denied_by_policy");
});

test("a policy about other things forbids nothing", () => {
  const known = { ...browser(), document: forbidding("geolocation") };

  assert.equal(abilityOf(known).way, "screen");
});

for (const [name, message, afterMs, wanted] of [
  ["NotAllowedError", "Permission denied by system", 150, "denied_by_system"],
  ["NotAllowedError", "Permission denied by system", 9000, "denied_by_system"],
  ["NotAllowedError", "Permission denied by user", 4000, "nothing_chosen"],
  ["NotAllowedError", "Permission denied by user", 100, "nothing_chosen"],
  ["NotAllowedError", "Permission denied", 4000, "nothing_chosen"],
  ["NotAllowedError", "Permission denied", 8, "denied_by_policy"],
  ["NotAllowedError", "Permission dismissed", 3000, "nothing_chosen"],
  ["NotAllowedError", `${AGENT}.`, 12, "blocked"],
  ["NotAllowedError", `${AGENT}.`, 5000, "nothing_chosen"],
  ["NotAllowedError", `${AGENT}, possibly because the user denied permission.`, 5, "blocked"],
  ["NotAllowedError", `${AGENT}, possibly because the user denied permission.`, 5000, "nothing_chosen"],
  [
    "NotAllowedError",
    'Access to the feature "display-capture" is disallowed by permission policy.',
    2,
    "denied_by_policy",
  ],
  ["SecurityError", "", 2, "denied_by_policy"],
  ["InvalidStateError", "Access to the feature display-capture is disallowed", 5, "denied_by_policy"],
  ["InvalidStateError", "getDisplayMedia requires transient activation", 5, "broken_off"],
  ["NotFoundError", "Requested device not found", 100, "nothing_found"],
  ["OverconstrainedError", "", 100, "nothing_found"],
  ["NotReadableError", "Could not start video source", 300, "not_readable"],
  ["NotReadableError", "Device in use", 50, "not_readable"],
  ["AbortError", "Timeout starting video source", 3000, "broken_off"],
  ["NotSupportedError", "Not supported", 1, "no_capture"],
  ["TypeError", "", 1, "no_capture"],
  ["SomethingNewError", "", 1, "broken_off"],
]) {
  test(`${name} "${message}" after ${afterMs} ms means ${wanted}`, () => {
    assert.equal(whyRefused({ name, message }, { way: "screen", afterMs }), wanted);
  });
}

for (const [name, message, afterMs, wanted] of [
  ["NotAllowedError", "Permission denied by system", 150, "camera_denied_by_system"],
  ["NotAllowedError", "Permission denied", 50, "camera_blocked"],
  ["NotAllowedError", "Permission denied", 5000, "camera_declined"],
  ["NotFoundError", "", 50, "camera_not_found"],
  ["NotReadableError", "Device in use", 50, "camera_not_readable"],
  ["AbortError", "", 50, "camera_broken_off"],
  ["InvalidStateError", "disallowed by policy", 5, "camera_denied_by_policy"],
]) {
  test(`the camera's ${name} "${message}" after ${afterMs} ms means ${wanted}`, () => {
    assert.equal(whyRefused({ name, message }, { way: "camera", afterMs }), wanted);
  });
}

test("what the browser says about the permission counts for more than the time", () => {
  const known = { way: "camera", afterMs: 5000, permission: "denied" };
  const error = { name: "NotAllowedError", message: "Permission denied" };

  assert.equal(whyRefused(error, known), "camera_blocked");
});

test("no camera's refusal is called a screen's", () => {
  const names = ["NotAllowedError", "SecurityError", "NotFoundError", "NotReadableError", "AbortError"];
  for (const name of names) {
    for (const message of ["", "Permission denied by system", "Permission dismissed", AGENT]) {
      const word = whyRefused({ name, message }, { way: "camera", afterMs: 1 });
      assert.match(word, /^camera_/);
    }
  }
});

test("an error without a name has a word, too", () => {
  assert.equal(whyRefused({}, { way: "screen", afterMs: 1 }), HINDRANCE.BROKEN_OFF);
});
