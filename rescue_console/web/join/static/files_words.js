// What this page and the console say to each other about files, as in protocol/page_files.py.
// Everything that the console sends is checked here before it is used.

import { FILE_PROBLEMS, PART_MAX, TEXT_MAX } from "./words.js";

const HEAD = 16;
const NAME_MAX = 150;
const TIME_MAX_S = 8.64e12;

/** Return the message that a file was not transferred, for a file problem that both sides know. */
export function endedBecause(id, word) {
  // Besides the word, the sentence that consoles of earlier versions know instead.
  return { t: "end", id, problem: FILE_PROBLEMS[word], word };
}

/** Return why a file was not transferred: a known word, "other" for any other, "" if it was. */
export function problemWord({ word = "", problem = "" }) {
  if (Object.hasOwn(FILE_PROBLEMS, word)) return word;
  if (!word && !problem) return "";
  return Object.keys(FILE_PROBLEMS).find((known) => FILE_PROBLEMS[known] === problem) ?? "other";
}

const whole = (value) => Number.isSafeInteger(value) && value >= 0;
const short = (value) => typeof value === "string" && value.length <= TEXT_MAX;

// What each message needs besides its number.
const KINDS = {
  offer: ({ name, size }) => short(name) && whole(size),
  accept: ({ offset }) => whole(offset),
  got: ({ offset }) => whole(offset),
  done: ({ sha256 }) => short(sha256),
  end: ({ problem = "", word = "" }) => short(problem) && short(word),
};

/** Return the console's message; throws if *text* is no message. */
export function readSaid(text) {
  if (text.length > TEXT_MAX) throw new Error("too long");
  const said = JSON.parse(text);
  if (!Object.hasOwn(KINDS, said?.t) || !whole(said.id) || !KINDS[said.t](said)) {
    throw new Error("no message");
  }
  return said;
}

/** Return the part of a file in *buffer*; throws if there is none. */
export function readPart(buffer) {
  if (buffer.byteLength <= HEAD || buffer.byteLength > HEAD + PART_MAX) throw new Error("no part");
  const head = new DataView(buffer);
  const id = Number(head.getBigUint64(0));
  const offset = Number(head.getBigUint64(8));
  if (!whole(id) || !whole(offset)) throw new Error("no part");
  return { t: "chunk", id, offset, bytes: new Uint8Array(buffer, HEAD) };
}

/** Return the message that carries *bytes* of a file. */
export function writePart(id, offset, bytes) {
  const message = new Uint8Array(HEAD + bytes.length);
  const head = new DataView(message.buffer);
  head.setBigUint64(0, BigInt(id));
  head.setBigUint64(8, BigInt(offset));
  message.set(bytes, HEAD);
  return message;
}

/** Return *name*, whatever it holds, as a plain file name without folders. */
export function plainName(name) {
  const base = name.split(/[/\\]/).pop()
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, "_")
    .trim().replace(/[. ]+$/, "");
  const dot = base.lastIndexOf(".");
  const suffix = dot > 0 && base.length - dot <= 16 ? base.slice(dot) : "";
  const stem = Array.from(base.slice(0, base.length - suffix.length));
  return stem.slice(0, NAME_MAX).join("") + suffix || "file";
}

/** Return when *file* was last changed, in seconds since 1970. */
export function changedAt(file) {
  const seconds = Math.floor((file.lastModified ?? 0) / 1000);
  return whole(seconds) && seconds < TIME_MAX_S ? seconds : 0;
}

/** Return the SHA-256 of *blob* in base64; rejects if it cannot be read. */
export async function sum(blob) {
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
