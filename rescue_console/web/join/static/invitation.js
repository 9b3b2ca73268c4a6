// The join page: tells the server that a person has it open, and says so when the link dies.

import { follow } from "./live.js";
import { goBack } from "./returning.js";

const main = document.querySelector("main");
const form = main.querySelector("form");
const button = form.querySelector("button");
const TRIAL = "rescue_trial=1";
// As the server sets it with a style of this page, see server/pages/visit.py.
const PROOF = "rescue_cookies=1";
let joining = false;
let live = null;

/** Return the platform, corrected for an iPad, which calls itself a Mac on desktop pages. */
function platform() {
  const found = main.dataset.platform;
  return found === "macos" && navigator.maxTouchPoints > 1 ? "ios" : found;
}

function show(state) {
  // A state without a title gives no reason why not: the invitation, or the pass, still lets in.
  if (joining || !state.title) return;
  live.stop();
  document.title = state.title;
  document.getElementById("offer").hidden = true;
  /** @type {HTMLElement} */
  const warning = document.querySelector(".warning");
  warning.hidden = true;
  document.getElementById("gone").hidden = false;
  document.getElementById("gone-title").textContent = state.title;
  document.getElementById("gone-text").textContent = state.text;
  document.getElementById("gone-title").focus();
  if (!state.over) goBack(location.href);
}

// Scanners and background tabs fetch pages, too; only a visible page counts as opened.
function open() {
  if (live || document.visibilityState !== "visible") return;
  const { code, key } = main.dataset;
  live = follow(() => ({ code, key, platform: platform() }), { changed: show });
}

document.getElementById("unscripted").hidden = true;
/** @type {HTMLInputElement} */
const told = form.querySelector("[name=platform]");
told.value = platform();
if (platform() !== main.dataset.platform) {
  /** @type {NodeListOf<HTMLElement>} */
  const steps = main.querySelectorAll("[data-touch]");
  for (const step of steps) step.textContent = step.dataset.touch;
  document.getElementById("instead")?.remove();
}

/** Tell whether this browser takes cookies from this page. */
function takesCookies() {
  try {
    document.cookie = `${TRIAL}; samesite=strict`;
    const taken = document.cookie.split("; ").includes(TRIAL);
    document.cookie = `${TRIAL}; samesite=strict; max-age=0`;
    return taken;
  } catch {
    return false;
  }
}

/** Say before joining that it needs cookies; the server, which tries one itself, does not let in. */
function checkCookies() {
  const problem = document.getElementById("cookies");
  const taken = takesCookies();
  // Whoever has allowed them since the page was loaded need not load it again.
  if (taken && !problem.hidden) document.cookie = `${PROOF}; path=/Customer; samesite=strict`;
  problem.hidden = taken;
}

form.addEventListener("submit", (submitted) => {
  if (joining) submitted.preventDefault();
  checkCookies();
  joining = true;
  button.textContent = button.dataset.busy;
});
// A form keeps the key out of the address, which browsers store in lists and with the file.
/** @type {HTMLFormElement} */
const fetching = main.querySelector("#fetch-form");
document.getElementById("fetch")?.addEventListener("click", (clicked) => {
  clicked.preventDefault();
  fetching.submit();
});
document.addEventListener("visibilitychange", open);
checkCookies();
open();
