// Consent: questions one after the other, the list of what is allowed, and the way to end it all.
// What the person ends stops here first. The server is told afterwards, and told again if the
// connection is lost meanwhile.

import { hindranceText } from "./hindrances.js";
import { keepingTakenBack } from "./kept.js";
import { APPLET_POWERS, HELPED, STANDING } from "./words.js";

// A question that appears while somebody types or clicks must not be answered by accident.
const CALM_MS = 600;
const POSSIBLE = { possible: true, hindrance: "", question: "question", text: "text" };

/** Tell whether the customer's consents are valid in this state of the session. */
export function isHelped(state) {
  return HELPED.has(state.status);
}

/**
 * Run the questions and the list.
 *
 * @param {string} session The session's id; after a reload, what was taken back stays so.
 * @param {Function} send Sends a message of /Customer/Live; returns false if it cannot now.
 * @param {object} acts By power: `grant()` starts it on a click and returns what hindered that, if
 *   anything did, `stop()` ends it here at once, `explain()` returns what is known before: whether
 *   it is `possible`, which `hindrance` there is, and under which names the question and the `text`
 *   are if this device needs its own; `inPlace()` returns what a consent must say besides.
 * @returns {{changed: Function, takeBack: Function}} Call `changed(state)` with the server's state;
 *   it returns the consents as the person has decided them. `takeBack(power)` ends one.
 */
export function consenting(session, send, acts) {
  const section = document.getElementById("allowed");
  const everything = document.getElementById("stop-everything");
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("consent"));
  const allow = /** @type {HTMLButtonElement} */ (document.getElementById("consent-allow"));
  const deny = document.getElementById("consent-deny");
  const stop = document.getElementById("consent-stop");
  const problem = document.getElementById("consent-problem");
  const start = document.getElementById("consent-start");
  /** @type {NodeListOf<HTMLElement>} */
  const marked = section.querySelectorAll("[data-power]");
  const rows = new Map(
    Array.from(marked, (row) => [row.dataset.power, row]),
  );
  let consents = {};
  // What the person has decided but the server has not confirmed yet.
  const kept = keepingTakenBack(session);
  const decided = new Map(
    kept.read().filter((power) => rows.has(power)).map((power) => [power, false]),
  );
  let asking = "";
  let calm = 0;
  // Whether the applet is connected: what it does must be allowed in its own window, and what only
  // it can do waits until the person has started it.
  let applet = false;

  function stands(power) {
    if (!decided.has(power)) return consents[power] ?? "none";
    return decided.get(power) ? "granted" : "denied";
  }

  function decide(power, granted) {
    decided.set(power, granted);
    keep();
    tell(power, granted);
    show();
  }

  function tell(power, granted) {
    const inPlace = granted ? acts[power]?.inPlace?.() : {};
    send({ kind: "consent", power, granted, ...inPlace });
  }

  function keep() {
    kept.write([...decided.keys()].filter((power) => !decided.get(power)));
  }

  // The questions

  function ask(power) {
    const row = rows.get(power).dataset;
    asking = power;
    problem.hidden = true;
    const known = { ...POSSIBLE, ...acts[power]?.explain?.() };
    const elsewhere = isElsewhere(power);
    const first = elsewhere && !applet;
    const words = known.hindrance ? hindranceText(known.hindrance) : row[known.text];
    start.hidden = !first;
    document.getElementById("consent-title").textContent =
      first ? dialog.dataset.startTitle : row[known.question];
    document.getElementById("consent-text").textContent =
      first ? row.start : elsewhere ? dialog.dataset.applet : words;
    allow.hidden = elsewhere || !known.possible;
    if (known.hindrance && !elsewhere) hinder(power, known.hindrance);
    allow.disabled = true;
    clearTimeout(calm);
    calm = setTimeout(() => { allow.disabled = false; }, CALM_MS);
    present(elsewhere);
    document.getElementById("consent-title").focus();
  }

  /** Open the dialog; if the answer is given elsewhere, the page behind it stays usable. */
  function present(elsewhere) {
    if (dialog.open && dialog.matches(":modal") === !elsewhere) return;
    dialog.close();
    if (elsewhere) dialog.show();
    else dialog.showModal();
  }

  function isElsewhere(power) {
    return APPLET_POWERS.has(power) || (applet && power !== "view");
  }

  /** Tell the technician what keeps this page from giving what they ask for. */
  function hinder(power, hindrance) {
    send({ kind: "hindered", power, hindrance });
  }

  async function grant() {
    const power = asking;
    allow.disabled = true;
    const hindrance = await (acts[power]?.grant?.() ?? "");
    if (power !== asking) {
      // The technician no longer asks, so end what has just started.
      if (!hindrance) acts[power]?.stop?.();
      return;
    }
    allow.disabled = false;
    if (!hindrance) {
      decide(power, true);
      return;
    }
    problem.textContent = hindranceText(hindrance);
    problem.hidden = false;
    hinder(power, hindrance);
  }

  // The list

  function takeBack(power) {
    acts[power]?.stop?.();
    decide(power, false);
  }

  function stopEverything() {
    for (const power of rows.keys()) acts[power]?.stop?.();
    for (const power of rows.keys()) {
      if (STANDING.has(stands(power))) decide(power, false);
    }
  }

  function show() {
    const allowed = [...rows.keys()].filter((power) => stands(power) === "granted");
    for (const [power, row] of rows) row.hidden = !allowed.includes(power);
    section.hidden = allowed.length === 0;
    // The page's own button cannot be pressed behind a modal question.
    stop.hidden = section.hidden;
    const next = [...rows.keys()].find((power) => stands(power) === "asked") ?? "";
    if (asking && stands(asking) === "asked") return;
    asking = "";
    if (next) ask(next);
    else dialog.close();
  }

  /** Adopt the server's consents, except where it does not know the person's decision yet. */
  function changed(state) {
    const open = isHelped(state);
    const earlier = consents;
    // A question that moves to the applet, or back from it, is asked again.
    if (applet !== Boolean(state.applet) && asking !== "view") asking = "";
    applet = Boolean(state.applet);
    consents = open ? state.consents ?? {} : {};
    for (const [power, granted] of decided) {
      const wanted = granted ? "granted" : "denied";
      const now = consents[power] ?? "none";
      const askedAgain = now === "asked" && earlier[power] !== "asked";
      if (now === wanted || now === "none" || askedAgain) decided.delete(power);
      else tell(power, granted);
    }
    keep();
    show();
    return open ? Object.fromEntries([...rows.keys()].map((power) => [power, stands(power)])) : {};
  }

  for (const [power, row] of rows) {
    row.querySelector("button").addEventListener("click", () => takeBack(power));
  }
  everything.addEventListener("click", stopEverything);
  stop.addEventListener("click", stopEverything);
  allow.addEventListener("click", grant);
  deny.addEventListener("click", () => decide(asking, false));
  dialog.addEventListener("cancel", (cancelled) => {
    cancelled.preventDefault();
    decide(asking, false);
  });

  return { changed, takeBack };
}
