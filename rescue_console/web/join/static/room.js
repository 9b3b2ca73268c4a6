// The waiting room: shows the state as it changes, the lost connection, and asks before leaving.

import { follow } from "./live.js";

const main = document.querySelector("main");
const title = document.getElementById("title");
const text = document.getElementById("text");
const lost = document.getElementById("lost");
const leave = document.getElementById("leave");
const organization = document.title.slice(title.textContent.length);

/** Set what is read aloud only when it changes. */
function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function show(state) {
  latest = state;
  screen?.changed(state);
  main.dataset.status = state.status;
  write(title, state.title);
  write(text, state.text);
  document.title = state.title + organization;
  if (!state.over) return;
  leave?.close?.();
  document.getElementById("while-open").hidden = true;
  document.getElementById("when-over").hidden = false;
  title.focus();
}

let latest = null;
let screen = null;
const live = follow(
  () => ({}),
  {
    changed: show,
    signalled: (signal) => screen?.signalled(signal),
    lost: () => { lost.hidden = false; },
    back: () => { lost.hidden = true; },
    refused: () => location.reload(),
  },
);

document.getElementById("ask")?.addEventListener("submit", (asked) => {
  asked.preventDefault();
  leave.showModal();
});
leave?.querySelector("#stay").form.addEventListener("submit", (stayed) => {
  stayed.preventDefault();
  leave.close();
});

// The page works before this has come; nothing can have been asked for so early.
import("./screen.js").then(({ screenShowing }) => {
  screen = screenShowing(live.send);
  if (latest) screen.changed(latest);
});
