// Files without the applet: the card in which the person sends, accepts, saves and cancels files.
// What they end stops here first, even without a connection.

import { dropping } from "./files_drop.js";
import { incomingFile } from "./files_incoming.js";
import { linkFiles } from "./files_link.js";
import { outgoingFile } from "./files_outgoing.js";
import { fileRow } from "./files_row.js";
import { endedBecause, plainName, readPart, readSaid } from "./files_words.js";
import {
  FILE_MAX, FILES_OFFERED_MAX, FILES_SENT_MAX, HINDRANCE, PAGE_LINKED, SHOWING_EVERY_MS,
} from "./words.js";

// Pauses before another attempt: when nobody has answered the offer, or the connection was lost.
const OPEN_WITHIN_MS = 20_000;
const AGAIN_MS = 5_000;
// Files in the list, including those that have ended.
const ROWS_MAX = 200;

function randomNumber() {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}

/** Return why this browser can exchange no files; empty if it can. */
function whyNoFiles() {
  if (!globalThis.crypto?.subtle) return HINDRANCE.INSECURE;
  return globalThis.RTCPeerConnection ? "" : HINDRANCE.NO_WEBRTC;
}

/**
 * Run the card.
 *
 * @param {Function} send Sends a message of /Customer/Live; returns false if it cannot now.
 * @param {object} codes See page_codes.js.
 * @returns {{hindrance: Function, stop: Function, changed: Function, signalled: Function}}
 *   `hindrance()` tells why no files can be exchanged, if that is so; `stop()` ends everything at
 *   once; call `changed(state)` and `signalled(signal)` with what the server sends.
 */
export function filesSharing(send, codes) {
  const card = document.getElementById("files");
  /** @type {(name: string) => any} The template says which kind of element it is. */
  const part = (name) => document.getElementById(`files-${name}`);
  const page = randomNumber().toString(36) + randomNumber().toString(36);
  const unable = whyNoFiles();
  // This side's numbers are odd, and start at random so that none is reused after a reload.
  let next = randomNumber() * 256 + 1;
  const coming = new Map();
  const going = new Map();
  let granted = false;
  let applet = false;
  let stopped = false;
  let link = null;
  let opened = false;
  // Null until it is known, empty if the console is too old to agree on one.
  let code = null;
  let technician = "";
  let begun = 0;
  let again = 0;
  let busyAt = -Infinity;

  const signal = (kind, body = "") => send({ kind: "signal", signal: kind, body });
  const wanted = () => granted && !applet && !stopped && !unable;
  const post = (message) => opened && link.send(JSON.stringify(message));

  // What the card shows

  function show() {
    const kept = part("list").children.length > 0;
    card.hidden = !granted && !kept;
    const state = !granted ? "ended" : applet ? "applet" : opened ? "ready" : "connecting";
    card.dataset.state = state;
    const words = card.dataset[state];
    if (part("state").textContent !== words) part("state").textContent = words;
    part("drop").hidden = !granted || applet;
    part("choose").disabled = !opened;
    part("digits").textContent = code ?? "";
    part("code").hidden = !opened || !code;
    part("no-code").hidden = !opened || code !== "";
  }

  function complain(word, name = "") {
    part("problem").hidden = !word;
    part("problem").textContent = word ? card.dataset[word].replace("{name}", name) : "";
  }

  // The connection

  function begin() {
    disconnect();
    begun = performance.now();
    again = setTimeout(retry, OPEN_WITHIN_MS);
    const mine = linkFiles(page, signal, codes, {
      opened: () => mine === link && open(),
      came: (data) => mine === link && take(data),
      lost: () => mine === link && lose(),
    });
    link = mine;
    mine.offer().catch(() => mine === link && lose());
    show();
  }

  function retry() {
    if (wanted() && !opened) begin();
  }

  function open() {
    clearTimeout(again);
    opened = true;
    show();
    goOn();
  }

  function disconnect() {
    clearTimeout(again);
    const earlier = link;
    link = null;
    opened = false;
    code = null;
    earlier?.close();
    for (const files of [coming, going]) for (const file of files.values()) file.paused();
  }

  function lose() {
    disconnect();
    if (wanted()) again = setTimeout(retry, AGAIN_MS);
    show();
  }

  async function takeAnswer(body) {
    const mine = link;
    try {
      const answered = await mine.answer(body);
      if (mine !== link) return;
      meet(String(answered.fingerprint));
      code = answered.code;
      show();
    } catch {
      if (mine === link) lose();
    }
  }

  /** Cancel incoming files if this is another console: it knows nothing about them. */
  function meet(fingerprint) {
    if (technician && technician !== fingerprint) {
      for (const file of coming.values()) file.fail("cancelled");
    }
    technician = fingerprint;
  }

  // What the console says

  function take(data) {
    let said;
    try {
      said = typeof data === "string" ? readSaid(data) : readPart(data);
    } catch {
      lose();
      return;
    }
    const acts = {
      offer: takeOffer,
      accept: (message) => going.get(message.id)?.accepted(message),
      got: (message) => going.get(message.id)?.got(message),
      chunk: (message) => coming.get(message.id)?.took(message),
      done: (message) => coming.get(message.id)?.finished(message),
      end: (message) => (going.get(message.id) ?? coming.get(message.id))?.ended(message),
    };
    if (said.t === "got" || said.t === "chunk") tellBusy();
    acts[said.t](said);
  }

  function tellBusy() {
    if (performance.now() - busyAt < SHOWING_EVERY_MS) return;
    busyAt = performance.now();
    send({ kind: "showing" });
  }

  function takeOffer(offer) {
    if (offer.id % 2) return;
    const known = coming.get(offer.id);
    const underWay = Array.from(coming.values()).filter(({ over }) => !over).length;
    if (known) {
      known.offered(offer);
    } else if (underWay >= FILES_OFFERED_MAX || !room()) {
      post(endedBecause(offer.id, "too_many"));
    } else {
      const file = incomingFile(offer, fileRow(plainName(offer.name), offer.size), post);
      coming.set(offer.id, file);
      file.offered(offer);
      show();
    }
  }

  function room() {
    return part("list").children.length < ROWS_MAX;
  }

  // What the person does

  function choose(files) {
    complain("");
    for (const file of files) {
      if (file.size > FILE_MAX) complain("large", plainName(file.name));
      else if (!room()) complain("many");
      else add(file);
    }
    goOn();
  }

  function add(source) {
    const id = next;
    next += 2;
    const row = fileRow(plainName(source.name), source.size);
    const line = { post, send: (bytes) => opened && link.send(bytes), room: () => link?.room() };
    const file = outgoingFile(id, source, row, line, goOn);
    going.set(id, file);
    file.paused();
    show();
  }

  /** Offer waiting files, a few at a time. */
  function goOn() {
    if (!opened) return;
    const underWay = Array.from(going.values()).filter(({ over }) => !over);
    for (const file of underWay.slice(0, FILES_SENT_MAX)) if (!file.begun) file.begin();
  }

  function endAll(word) {
    for (const files of [coming, going]) for (const file of files.values()) file.fail(word);
  }

  function stop() {
    if (stopped || !granted) return;
    stopped = true;
    granted = false;
    endAll("not_allowed");
    disconnect();
    signal("files_ended");
    show();
  }

  function changed(state) {
    const agreed = PAGE_LINKED.has(state.status) && state.consents?.files === "granted";
    if (!agreed) stopped = false;
    const before = wanted();
    granted = agreed && !stopped;
    applet = Boolean(state.applet);
    if (!wanted()) {
      if (before) endAll(granted ? "applet" : "not_allowed");
      if (link) disconnect();
    } else if (!link && !before) {
      begin();
    }
    show();
  }

  const takers = {
    files_answer: takeAnswer,
    files_candidate: (body) => link?.candidate(body),
    // If an offer was just made, the console is asking for that one.
    files_ready: () => {
      const underWay = link && !opened && performance.now() - begun < AGAIN_MS;
      if (wanted() && !underWay) begin();
    },
  };

  part("choose").addEventListener("click", () => part("input").click());
  part("input").addEventListener("change", () => {
    choose(Array.from(part("input").files));
    part("input").value = "";
  });
  part("list").addEventListener("removed", show);
  dropping(card, () => opened, choose, () => complain("folder"));

  return {
    hindrance: () => (applet ? "" : unable),
    stop,
    changed,
    signalled: ({ kind, body }) => takers[kind]?.(body),
  };
}
