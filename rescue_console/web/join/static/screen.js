// Shows this screen to the technician: start, pause, show something else, stop. When the person
// ends it, it stops here first, and the server is told afterwards.

import { ability, pick, release } from "./capture.js";
import { isHelped } from "./consent.js";
import { hindranceText } from "./hindrances.js";
import { sendPicture } from "./sending.js";
import { amongTabs } from "./tabs.js";
import { HINDRANCE, SHOWING_EVERY_MS } from "./words.js";

// How long a picked picture is kept while it is not granted.
const GRANTED_WITHIN_MS = 15_000;
// How long one attempt to connect may take before the page says what has failed; the technician's
// console gives up at about the same time and asks for another attempt.
const CONNECTED_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 200;

const pauseFor = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Return the part of a consent that says what is shown in place of the screen, if it is not. */
export function inPlace() {
  return ability.way === "camera" ? { hindrance: ability.hindrance } : {};
}

/** Call it a camera wherever the page would say screen. */
function nameCamera() {
  for (const name of ["title", "again"]) {
    const element = document.getElementById(`screen-${name}`);
    element.textContent = element.dataset.camera;
  }
  const state = document.getElementById("screen-state");
  state.dataset.again = state.dataset.cameraAgain;
  /** @type {HTMLElement} */
  const row = document.querySelector("#allowed [data-power=view]");
  row.querySelector("span").textContent = row.dataset.cameraName;
  row.querySelector("button").setAttribute("aria-label", row.dataset.cameraTakeBack);
}

/**
 * Run the card by which the person controls what they show.
 *
 * @param {string} session The session's id, by which its tabs find each other.
 * @param {Function} send Sends a message of /Customer/Live; returns false if it cannot now.
 * @param {object} codes See page_codes.js.
 * @param {() => void} ended Called when the person ends the picture here; it takes back the
 *   consent.
 * @returns {{share: Function, stop: Function, changed: Function, signalled: Function}} `share()`,
 *   called from a click, lets the person pick, and returns why nothing was picked: if that is empty,
 *   send the consent. Call `changed(state)` and `signalled(signal)` with what the server sends.
 */
export function screenShowing(session, send, codes, ended) {
  const section = document.getElementById("screen");
  const part = (name) => document.getElementById(`screen-${name}`);
  let stream = null;
  let sending = null;
  let granted = false;
  let paused = false;
  let told = false;
  let giveUp = 0;
  let showing = 0;
  // The step at which the last attempt failed; the page shows it until there is a picture.
  let trouble = "";
  let tooLong = 0;

  const tabs = amongTabs(session, {
    holds: () => stream !== null,
    taken: () => stream === null && hide(),
    freed: () => granted && stream === null && tellWhyNot(),
    stopped: () => { granted = false; letGo(); },
  });
  const signal = (kind, body = "") => send({ kind: "signal", signal: kind, body });

  if (ability.way === "camera") nameCamera();

  // What the card shows

  function say(state) {
    section.hidden = false;
    section.dataset.state = state;
    const words = part("state").dataset[state];
    if (part("state").textContent !== words) part("state").textContent = words;
    const failed = state === "connecting" && trouble !== "";
    part("trouble").hidden = !failed;
    part("trouble").textContent = failed ? part("trouble").dataset[trouble] : "";
    part("retry").hidden = !failed && state !== "failed";
    part("again").hidden = state !== "again";
    for (const name of ["pause", "other"]) part(name).hidden = stream === null;
    part("pause").textContent = part("pause").dataset[paused ? "resume" : "pause"];
    if (state !== "shown") showCode(null);
  }

  /** Show the security code; none if it is null, and why there is none if it is empty. */
  function showCode(code) {
    part("digits").textContent = code ?? "";
    part("code").hidden = !code;
    part("no-code").hidden = code !== "";
  }

  // The stream

  async function share() {
    const { stream: picked, hindrance } = await pick();
    if (picked === null) return hindrance;
    take(picked);
    clearTimeout(giveUp);
    giveUp = setTimeout(() => granted || letGo(), GRANTED_WITHIN_MS);
    return "";
  }

  function take(picked) {
    const earlier = stream;
    stream = picked;
    part("problem").hidden = true;
    for (const track of picked.getTracks()) {
      // The browser's own bar has ended the stream, or what was shown is gone.
      track.onended = () => stream === picked && ended();
    }
    release(earlier);
    tabs.say("taken");
  }

  async function again() {
    const hindrance = await share();
    if (hindrance) {
      complain(hindrance);
      send({ kind: "hindered", power: "view", hindrance });
      return;
    }
    // What hindered the first attempt does so no more.
    send({ kind: "consent", power: "view", granted: true, ...inPlace() });
    begin();
  }

  /** Say why nothing was picked; choosing nothing else keeps what is shown, which needs no words. */
  function complain(hindrance) {
    part("problem").textContent = hindranceText(hindrance);
    part("problem").hidden = false;
  }

  async function other() {
    const { stream: picked, hindrance } = await pick();
    if (picked === null || stream === null) {
      if (stream !== null && hindrance !== HINDRANCE.NOTHING_CHOSEN) complain(hindrance);
      release(picked);
      return;
    }
    await sending?.replace(picked.getVideoTracks()[0]);
    take(picked);
  }

  function letGo() {
    clearTimeout(giveUp);
    trouble = "";
    const earlier = stream;
    stream = null;
    paused = false;
    release(earlier);
    disconnect();
    hide();
  }

  function hide() {
    section.hidden = true;
    part("recording").hidden = true;
    part("problem").hidden = true;
  }

  /** End the picture at once, here and in the other tabs; the caller tells the server. */
  function stop() {
    letGo();
    granted = false;
    tabs.say("stopped");
    signal("view_ended", "stopped");
  }

  function pause() {
    // Without a connection nothing leaves this device. The capture itself goes on: after switching
    // it off and on, browsers would show a stale or black picture until the screen changes.
    paused = !paused;
    if (!paused) {
      begin();
      return;
    }
    disconnect();
    signal("view_ended", "paused");
    say("paused");
  }

  // The connection

  function disconnect() {
    clearInterval(showing);
    clearTimeout(tooLong);
    sending?.close();
    sending = null;
  }

  function begin() {
    disconnect();
    told = false;
    if (paused || stream === null) {
      tellWhyNot();
      return;
    }
    say("connecting");
    const mine = sendPicture(
      stream, signal, codes, (state, step) => mine === sending && follow(state, step));
    sending = mine;
    tooLong = setTimeout(() => fail(mine.step()), CONNECTED_WITHIN_MS);
    mine.offer().catch(() => mine === sending && say("failed"));
  }

  function follow(state, step) {
    clearInterval(showing);
    if (state === "connected") {
      clearTimeout(tooLong);
      showOnceSent(sending);
    } else if (state === "failed") {
      fail(step || "lost");
    } else if (state === "disconnected") {
      say("connecting");
    }
  }

  /** Say "shown" once frames are sent: a connected browser may send none, as of a closed window. */
  async function showOnceSent(mine) {
    while (mine === sending && (await mine.failedStep())) await pauseFor(LOOK_EVERY_MS);
    if (mine !== sending) return;
    trouble = "";
    say("shown");
    send({ kind: "showing" });
    clearInterval(showing);
    showing = setInterval(() => send({ kind: "showing" }), SHOWING_EVERY_MS);
  }

  /** Show which step has failed and what to do; the technician's console asks again by itself. */
  function fail(step) {
    trouble = step;
    say("connecting");
  }

  /** Make an offer: the technician's console asks for the first one, or again after a failure. */
  async function offerAgain() {
    told = false;
    const failed = await sending?.failedStep();
    if (failed) trouble = failed;
    if (granted) begin();
  }

  /** Tell the console, once, why there is no picture now, unless another tab shows one. */
  async function tellWhyNot() {
    if (!paused && (await tabs.elsewhere())) {
      hide();
      return;
    }
    if (!granted || (!paused && stream !== null)) return;
    say(paused ? "paused" : "again");
    if (!told) told = signal("view_ended", paused ? "paused" : "reloaded");
  }

  async function takeAnswer(body) {
    const mine = sending;
    // The answer may be for another tab.
    if (mine === null) return;
    try {
      const code = await mine.answer(body);
      if (mine === sending) showCode(code);
    } catch {
      if (mine !== sending) return;
      disconnect();
      say("failed");
    }
  }

  const takers = {
    answer: takeAnswer,
    candidate: (body) => sending?.candidate(body),
    view_ready: offerAgain,
    view_ended: () => disconnect(),
    recording: (body) => { part("recording").hidden = body !== "on" || stream === null; },
  };

  function changed(state) {
    const open = isHelped(state);
    const now = open && state.consents?.view === "granted";
    const before = granted;
    granted = now;
    if (now && !before) begin();
    if (!now && (before || state.over)) letGo();
  }

  part("again").addEventListener("click", again);
  part("retry").addEventListener("click", begin);
  part("other").addEventListener("click", other);
  part("pause").addEventListener("click", pause);
  part("stop").addEventListener("click", ended);
  addEventListener("pagehide", () => {
    if (stream === null) return;
    release(stream);
    tabs.say("freed");
  });

  return {
    share,
    stop,
    changed,
    signalled: ({ kind, body }) => takers[kind]?.(body),
  };
}
