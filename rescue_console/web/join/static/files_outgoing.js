// One file to the technician: offered until there is an answer, sent only so far ahead of what the
// console has, then its checksum. After a lost connection it goes on with what the console lacks.

import { changedAt, endedBecause, problemWord, sum, writePart } from "./files_words.js";
import { PART_MAX } from "./words.js";

// How far this side may be ahead of what the console has written.
const WINDOW_BYTES = 1024 * 1024;
const READ_BYTES = 8 * PART_MAX;
// How soon the offer is repeated: a console drops it while it does not know that files are allowed.
const AGAIN_MS = 3_000;

/**
 * Send a file that the person has chosen.
 *
 * @param {number} id Odd, and used once.
 * @param {File} source
 * @param {object} row The row that shows the file.
 * @param {object} line `post(message)` sends a message to the console, `send(bytes)` a part of the
 *   file; both return false if they cannot. `room()` waits until there is room for a part.
 * @param {Function} ended Called once, when the transfer is over.
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

  /** Offer the file, now that there is a connection, and again until there is an answer. */
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

  /** Send *bytes* in parts; returns false if this turn has ended. */
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

  /** Handle the console's message that it has the whole file, or will not receive it. */
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

  /** End the file here first, then tell the console. */
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
