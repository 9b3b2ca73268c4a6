// The chat: each message appears once and in order, and is kept until the server has it. The page
// holds a part of a long chat; the rest is read when somebody wants to see it.

import { foldable } from "./fold.js";
import { keepingChat } from "./kept.js";
import { CHAT_FULL, CHAT_SHOWN_MAX, CHATTING } from "./words.js";

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
 * @returns {object} `last()` returns the number of the last message; call `said`, `paged`,
 *   `signalled`, `denied`, `changed` and `lost` with what comes over the connection.
 */
export function chatting(session, send, unread) {
  const section = document.getElementById("chat");
  const log = document.getElementById("chat-log");
  const earlierButton = document.getElementById("chat-earlier");
  const latestButton = document.getElementById("chat-latest");
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
  // Number of the newest message heard of, which may be outside of what is shown.
  let newest = 0;
  // Whether the server has messages before the first one shown, and after the last one.
  let earlier = false;
  let later = false;
  let wantsLatest = false;

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
    item.append(head);
    foldable(item, text, words);
    return item;
  }

  function scroll(change) {
    const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 40;
    change();
    if (atEnd) log.scrollTop = log.scrollHeight;
  }

  function put(item, number) {
    const next = [...shown.keys()].filter((known) => known > number).sort((a, b) => a - b)[0];
    shown.set(number, item);
    const before = next === undefined ? unsent[0]?.item ?? null : shown.get(next);
    log.insertBefore(item, before);
  }

  const first = () => Math.min(...shown.keys());
  const isOwn = ({ technician_id: technician }) => technician === null || technician === undefined;

  function add(message) {
    const own = isOwn(message);
    const name = own ? words.you : message.name;
    put(entry(name, new Date(message.at), message.text, own), message.number);
  }

  function remove(number) {
    shown.get(number)?.remove();
    shown.delete(number);
  }

  function isOutside(number) {
    return (later && number > Math.max(...shown.keys())) || (earlier && number < first());
  }

  function said(message) {
    const fresh = message.number > newest;
    newest = Math.max(newest, message.number);
    const own = isOwn(message);
    if (own) forget(message.key);
    if (!shown.has(message.number) && !isOutside(message.number)) {
      scroll(() => add(message));
      if (shown.size > CHAT_SHOWN_MAX) {
        remove(first());
        earlier = true;
      }
    }
    if (fresh && !own) {
      hideTyping();
      if (document.visibilityState !== "visible") unread(unseen += 1);
    }
    show();
  }

  function show() {
    section.hidden = !open && shown.size === 0;
    form.hidden = !open;
    offer(earlierButton, earlier);
    offer(latestButton, later);
  }

  function offer(button, wanted) {
    // Whoever has pressed it by keyboard must not lose their place.
    if (!wanted && document.activeElement === button) log.focus();
    button.hidden = !wanted;
  }

  // Pages of a long chat

  function paged({ page, before }) {
    if (typeof before === "number") {
      if (before === first()) showEarlier(page);
    } else {
      showNewest(page);
    }
    show();
  }

  function showEarlier({ items, more }) {
    // Screen readers need not read aloud what was said long ago.
    log.setAttribute("aria-live", "off");
    const below = log.scrollHeight - log.scrollTop;
    items.forEach(add);
    log.scrollTop = log.scrollHeight - below;
    log.removeAttribute("aria-live");
    earlier = more;
    const surplus = [...shown.keys()].sort((a, b) => a - b).slice(CHAT_SHOWN_MAX);
    surplus.forEach(remove);
    later ||= surplus.length > 0;
  }

  function showNewest({ items, more }) {
    // Between what is shown and this page there may be others.
    const anew = wantsLatest || (more && !later && !shown.has(items[0].number));
    wantsLatest = false;
    const empty = anew || shown.size === 0;
    if (anew) {
      [...shown.keys()].forEach(remove);
      earlier = later = false;
    }
    items.forEach(said);
    if (empty) {
      earlier = more;
      later = shown.size > 0 && newest > Math.max(...shown.keys());
    }
    if (anew) log.scrollTop = log.scrollHeight;
  }

  function readLatest() {
    wantsLatest = send({ kind: "read_chat" });
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

  function addUnsent({ key, text, at }) {
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
    addUnsent({ key: newKey(), text, at: new Date().toISOString() });
    keep();
    flush();
    if (later) readLatest();
  }

  function restore() {
    const { draft, unsent: waiting } = kept.read();
    for (const one of waiting) addUnsent(one);
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

  function denied({ key, text, word }) {
    const one = unsent.find((each) => each.key === key);
    if (one === undefined) return;
    one.refused = true;
    const why = word === CHAT_FULL ? words.full : text;
    const state = note(one.item, `${words.refused} ${why} `);
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
    wantsLatest = false;
    hideTyping();
  }

  earlierButton.addEventListener("click", () => send({ kind: "read_chat", before: first() }));
  latestButton.addEventListener("click", readLatest);
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
  return { last: () => newest, said, paged, signalled, denied, changed, lost };
}
