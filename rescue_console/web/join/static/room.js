// The waiting room: shows the current state and a lost connection, and asks before leaving.

import { follow } from "./live.js";

const main = document.querySelector("main");
const title = document.getElementById("title");
const text = document.getElementById("text");
const lost = document.getElementById("lost");
const plain = document.getElementById("plain");
const plainApplet = document.getElementById("consent-plain");
const unscripted = document.getElementById("unscripted");
const leave = /** @type {HTMLDialogElement} */ (document.getElementById("leave"));
const applet = document.getElementById("applet");
const organization = document.title.slice(title.textContent.length);
let unread = 0;
let helping = null;
let newest = null;
// What arrived before the parts for helping were loaded.
const early = [];

/** Set the text only if it changes, since screen readers read it aloud each time. */
function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** Set the page's title from the state and the number of unread messages. */
function name() {
  document.title = (unread ? `(${unread}) ` : "") + title.textContent + organization;
}

/** Say whether no WebSocket gets through, also where the person is asked to start the applet. */
function showPlain(is) {
  plain.hidden = !is;
  if (plainApplet) plainApplet.hidden = !is;
}

function show(state) {
  main.dataset.status = state.status;
  write(title, state.title);
  write(text, state.text);
  if (applet) applet.hidden = state.over || state.applet;
  name();
  if (!state.over) return;
  leave?.close?.();
  plain.hidden = true;
  document.getElementById("while-open").hidden = true;
  document.getElementById("when-over").hidden = false;
  title.focus();
}

unscripted.hidden = true;

function pass(what, told) {
  if (helping) helping[what](told);
  else early.push([what, told]);
}

const live = follow(
  () => ({ session: main.dataset.session, chat_after: helping?.last() ?? 0, chat_pages: true }),
  {
    changed: (state) => { newest = state; show(state); pass("changed", state); },
    said: (message) => pass("said", message),
    paged: (told) => pass("paged", told),
    signalled: (signal) => pass("signalled", signal),
    denied: (refusal) => pass("denied", refusal),
    lost: () => { lost.hidden = false; pass("lost"); },
    // As after a loss, what the server does not have is said again, and at once.
    missed: () => { pass("lost"); pass("changed", newest); },
    back: () => { lost.hidden = true; },
    plain: showPlain,
    refused: () => location.reload(),
  },
);

document.getElementById("ask")?.addEventListener("submit", (asked) => {
  asked.preventDefault();
  leave.showModal();
});
/** @type {HTMLButtonElement} */
const stay = leave?.querySelector("#stay");
stay?.form.addEventListener("submit", (stayed) => {
  stayed.preventDefault();
  leave.close();
});

// The room works before these are loaded: nobody can help that early.
import("./helping.js").then((module) => {
  helping = module.helping(live.send, (count) => { unread = count; name(); });
  for (const [what, told] of early.splice(0)) helping[what](told);
}, () => { unscripted.hidden = false; });
