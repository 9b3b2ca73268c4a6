// What this page and the console say to each other about files, as in protocol/page_files.py.
// Whatever the console sends is checked here before anything else looks at it.

/** Bytes of one file: it is summed whole, and so kept in memory whole. */
export const FILE_MAX = 100_000_000;

/** Bytes of a file in one message. */
export const PART_MAX = 32 * 1024;

const HEAD = 16;
const TEXT_MAX = 8_192;
const NAME_MAX = 150;
const TIME_MAX_S = 8.64e12;

/** Why a file's way ended badly: the sentences that both sides know (peer/files/problems.py). */
export const PROBLEMS = {
  cancelled: "The transfer was cancelled.",
  refused: "The other side does not want the file.",
  full: "The disk of the receiving device is full.",
  room: "There is not enough room for the file on the receiving device.",
  unreadable: "The file cannot be read.",
  unwritable: "The file cannot be written to the receiving folder.",
  changed: "The file changed while it was being sent.",
  damaged: "The file arrived damaged and was deleted. Send it again.",
  many: "Too many files at once.",
  rules: "The other side did not keep to the rules of a transfer.",
  disallowed: "Transferring files is no longer allowed.",
  skipped: "A file of this name is there already and was left as it is.",
  large: "The file is too large to be sent without the applet.",
  applet: "Files go through the applet from now on. Send it again.",
};

/** Return the word for a sentence of the console's; "other" for one that is not known. */
export function problemWord(sentence) {
  return Object.keys(PROBLEMS).find((word) => PROBLEMS[word] === sentence) ?? "other";
}

const whole = (value) => Number.isSafeInteger(value) && value >= 0;
const short = (value) => typeof value === "string" && value.length <= TEXT_MAX;

// What each message needs besides its number.
const KINDS = {
  offer: ({ name, size }) => short(name) && whole(size),
  accept: ({ offset }) => whole(offset),
  got: ({ offset }) => whole(offset),
  done: ({ sha256 }) => short(sha256),
  end: ({ problem = "" }) => short(problem),
};

/** Return what the console said; throws when it is no message. */
export function readSaid(text) {
  if (text.length > TEXT_MAX) throw new Error("too long");
  const said = JSON.parse(text);
  if (!Object.hasOwn(KINDS, said?.t) || !whole(said.id) || !KINDS[said.t](said)) {
    throw new Error("no message");
  }
  return said;
}

/** Return the part of a file in *buffer*; throws when it is none. */
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

/** Return *name* as a plain name of one file, whatever was sent. */
export function plainName(name) {
  const base = name.split(/[/\\]/).pop()
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, "_")
    .trim().replace(/[. ]+$/, "");
  const dot = base.lastIndexOf(".");
  const suffix = dot > 0 && base.length - dot <= 16 ? base.slice(dot) : "";
  const stem = Array.from(base.slice(0, base.length - suffix.length));
  return stem.slice(0, NAME_MAX).join("") + suffix || "file";
}

/** Return when *file* was changed, in seconds since 1970. */
export function changedAt(file) {
  const seconds = Math.floor((file.lastModified ?? 0) / 1000);
  return whole(seconds) && seconds < TIME_MAX_S ? seconds : 0;
}

/** Return the SHA-256 of *blob* in base64; rejects when it cannot be read. */
export async function sum(blob) {
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
