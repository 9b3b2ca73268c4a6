// One file to the technician: offered until it is answered, sent no further ahead than the console
// follows, and summed. After a lost connection it goes on where the console has it.

import { changedAt, endedBecause, problemWord, sum, writePart } from "./files_words.js";
import { PART_MAX } from "./words.js";

// How far this side may be ahead of what the console has written.
const WINDOW_BYTES = 1024 * 1024;
const READ_BYTES = 8 * PART_MAX;
// A console that does not know yet that files are allowed drops the offer.
const AGAIN_MS = 3_000;

/**
 * Send a file that the person has chosen.
 *
 * @param {number} id Odd, and used once.
 * @param {File} source
 * @param {object} row What shows it.
 * @param {object} line `post(message)` says something to the console, `send(bytes)` sends a part
 *   when there is room; both return false when they cannot.
 * @param {Function} ended Called once when it is over.
 */
export function outgoingFile(id, source, row, line, ended) {
  const size = source.size;
  let asking = 0;
  let turn = 0;
  let sent = 0;
  let got = 0;
  let allSent = false;
  let over = false;
  let begun = false;
  /** @type {(value?: unknown) => void} */
  let further = () => {};

  const file = { id, get over() { return over; }, get begun() { return begun; } };

  /** There is a connection: offer it, and once more until something is heard. */
  file.begin = () => {
    if (over) return;
    begun = true;
    row.show("waiting", { cancel: file.cancel });
    offer();
  };

  function offer() {
    clearTimeout(asking);
    asking = setTimeout(offer, AGAIN_MS);
    line.post({ t: "offer", id, name: source.name, size, modified_s: changedAt(source) });
  }

  file.accepted = ({ offset }) => {
    if (over) return;
    clearTimeout(asking);
    if (offset > size) {
      file.fail("misbehaved");
      return;
    }
    row.show("sending", { cancel: file.cancel });
    turn += 1;
    send(turn, offset).catch(() => file.fail("changed"));
  };

  async function send(mine, offset) {
    sent = got = offset;
    allSent = false;
    row.progress(got);
    while (sent < size) {
      while (mine === turn && sent - got >= WINDOW_BYTES) {
        await new Promise((resolve) => { further = resolve; });
      }
      const bytes = new Uint8Array(await source.slice(sent, sent + READ_BYTES).arrayBuffer());
      if (!bytes.length) throw new Error("shorter than it was");
      if (!(await sendParts(mine, bytes))) return;
    }
    const sha256 = await sum(source);
    if (mine === turn) allSent = line.post({ t: "done", id, sha256 });
  }

  /** Send *bytes* in parts; returns false when this turn is over. */
  async function sendParts(mine, bytes) {
    for (let start = 0; start < bytes.length; start += PART_MAX) {
      const part = bytes.subarray(start, start + PART_MAX);
      await line.room();
      if (mine !== turn || !line.send(writePart(id, sent, part))) return false;
      sent += part.length;
    }
    return true;
  }

  file.got = ({ offset }) => {
    if (over) return;
    if (offset < got || offset > sent) {
      file.fail("misbehaved");
      return;
    }
    got = offset;
    row.progress(got);
    further();
  };

  /** The console has it, or does not want it any more. */
  file.ended = (said) => {
    if (over) return;
    const word = problemWord(said);
    if (word) fail(word);
    else if (allSent) arrive();
    else fail("misbehaved");
  };

  function arrive() {
    finish();
    row.show("sent", { remove: row.remove });
  }

  file.cancel = () => file.fail("cancelled");

  /** End it here first, and tell the console. */
  file.fail = (word) => {
    if (over) return;
    fail(word);
    line.post(endedBecause(id, word));
  };

  function fail(word) {
    finish();
    row.fail(word, { remove: row.remove });
  }

  function finish() {
    over = true;
    rest();
    ended();
  }

  function rest() {
    turn += 1;
    further();
    clearTimeout(asking);
  }

  file.paused = () => {
    if (over) return;
    begun = false;
    rest();
    row.show("paused", { cancel: file.cancel });
  };

  return file;
}
