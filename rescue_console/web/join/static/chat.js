// The chat: each message appears once and in order, and is kept until the server has it.

import { keepingChat } from "./kept.js";
import { linked } from "./links.js";
import { CHATTING } from "./words.js";

const TYPING_EVERY_MS = 3_000;
const TYPING_SHOWN_MS = 5_000;

/** Return a key by which the server recognizes a message; randomUUID needs a secure context. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Run the chat of the room.
 *
 * @param {string} session The session's id, by which kept messages are found again.
 * @param {Function} send Sends a message of /Customer/Live; returns false if it cannot now.
 * @param {Function} unread Called with the number of messages that came while nobody looked.
 * @returns {object} `last()` returns the number of the last message; call `said`, `signalled`,
 *   `denied`, `changed` and `lost` with what comes over the connection.
 */
export function chatting(session, send, unread) {
  const section = document.getElementById("chat");
  const log = document.getElementById("chat-log");
  const typing = document.getElementById("chat-typing");
  const form = /** @type {HTMLFormElement} */ (document.getElementById("chat-form"));
  /** @type {HTMLTextAreaElement} */
  const input = form.querySelector("[name=text]");
  const words = section.dataset;
  const shown = new Map();
  const unsent = [];
  const kept = keepingChat(session);
  let typingUntil = 0;
  let typingTold = 0;
  let open = true;
  let unseen = 0;

  // What is shown

  function entry(name, at, text, own) {
    const item = document.createElement("li");
    item.className = own ? "own" : "theirs";
    const head = document.createElement("p");
    head.className = "from";
    const who = document.createElement("bdi");
    who.textContent = name;
    const time = document.createElement("time");
    time.dateTime = at.toISOString();
    time.textContent = at.toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit", minute: "2-digit",
    });
    head.append(who, " ", time);
    const body = document.createElement("p");
    body.className = "said";
    body.dir = "auto";
    body.append(...linked(text));
    item.append(head, body);
    return item;
  }

  function scroll(change) {
    const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 40;
    change();
    if (atEnd) log.scrollTop = log.scrollHeight;
  }

  function put(item, number) {
    const later = [...shown.keys()].filter((known) => known > number).sort((a, b) => a - b)[0];
    shown.set(number, item);
    const before = later === undefined ? unsent[0]?.item ?? null : shown.get(later);
    scroll(() => log.insertBefore(item, before));
  }

  function said(message) {
    if (shown.has(message.number)) return;
    const own = message.technician_id === null || message.technician_id === undefined;
    if (own) forget(message.key);
    const name = own ? words.you : message.name;
    put(entry(name, new Date(message.at), message.text, own), message.number);
    if (!own) {
      hideTyping();
      if (document.visibilityState !== "visible") unread(unseen += 1);
    }
    show();
  }

  function show() {
    section.hidden = !open && shown.size === 0;
    form.hidden = !open;
  }

  // Messages on their way to the server

  function forget(key) {
    const place = unsent.findIndex((one) => one.key === key);
    if (place < 0) return;
    unsent.splice(place, 1)[0].item.remove();
    keep();
  }

  function keep() {
    kept.write(input.value, unsent.map(({ key, text, at }) => ({ key, text, at })));
  }

  function note(item, text) {
    const state = document.createElement("p");
    state.className = "state";
    state.textContent = text;
    item.querySelector(".state")?.remove();
    item.append(state);
    return state;
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "small";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function add({ key, text, at }) {
    const item = entry(words.you, new Date(at), text, true);
    item.classList.add("unsent");
    const one = { key, text, at, item, sent: false, refused: false };
    unsent.push(one);
    log.append(item);
    log.scrollTop = log.scrollHeight;
    // Most messages arrive within a moment; only then is it worth saying that one has not.
    setTimeout(() => unsent.includes(one) && !one.refused && note(item, words.waiting), 1_000);
  }

  function write(text) {
    add({ key: newKey(), text, at: new Date().toISOString() });
    keep();
    flush();
  }

  function restore() {
    const { draft, unsent: waiting } = kept.read();
    for (const one of waiting) add(one);
    if (!input.value) input.value = draft;
  }

  /** Mark what is left as not sent, and keep none of it: nobody will receive it any more. */
  function giveUp() {
    for (const one of unsent.splice(0)) note(one.item, words.refused);
    kept.write("", []);
  }

  function flush() {
    for (const one of unsent) {
      if (one.sent || one.refused) continue;
      one.sent = send({ kind: "chat", text: one.text, key: one.key });
      if (!one.sent) return;
    }
  }

  function again(one) {
    one.refused = false;
    one.sent = false;
    note(one.item, words.waiting);
    flush();
  }

  function denied({ key, text }) {
    const one = unsent.find((each) => each.key === key);
    if (one === undefined) return;
    one.refused = true;
    const state = note(one.item, `${words.refused} ${text} `);
    state.append(
      button(words.again, () => again(one)), " ", button(words.discard, () => forget(key)),
    );
  }

  // Who is writing

  function hideTyping() {
    clearTimeout(typingUntil);
    typing.textContent = "";
  }

  function signalled({ kind }) {
    if (kind !== "typing") return;
    hideTyping();
    typing.textContent = words.typing;
    typingUntil = setTimeout(hideTyping, TYPING_SHOWN_MS);
  }

  function tellTyping() {
    const now = Date.now();
    if (!input.value.trim() || now - typingTold < TYPING_EVERY_MS) return;
    if (send({ kind: "signal", signal: "typing" })) typingTold = now;
  }

  // What comes over the connection

  function changed(state) {
    open = CHATTING.has(state.status);
    show();
    flush();
    if (!state.over) return;
    hideTyping();
    giveUp();
  }

  function lost() {
    for (const one of unsent) one.sent = false;
    hideTyping();
  }

  input.addEventListener("input", tellTyping);
  input.addEventListener("input", keep);
  input.addEventListener("keydown", (pressed) => {
    // While an input method is composing, Enter chooses a word.
    if (pressed.key !== "Enter" || pressed.shiftKey || pressed.isComposing) return;
    pressed.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    typingTold = 0;
    write(text);
    input.focus();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") unread(unseen = 0);
  });
  addEventListener("beforeunload", (leaving) => {
    if (open && (unsent.length || input.value.trim())) leaving.preventDefault();
  });

  restore();
  return { last: () => Math.max(0, ...shown.keys()), said, signalled, denied, changed, lost };
}
