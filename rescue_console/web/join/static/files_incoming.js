// One file from the technician: asked about first, checked part by part, offered for saving once it
// is whole. What has come is kept over a lost connection, and goes on where it was.

import { endedBecause, plainName, problemWord, sum } from "./files_words.js";
import { FILE_MAX } from "./words.js";

// The console is told how far it is every so many bytes.
const TOLD_BYTES = 128 * 1024;

/**
 * Take the console's offer of a file.
 *
 * @param {object} offer The message.
 * @param {object} row What shows it.
 * @param {Function} post Says something to the console; returns false when it cannot now.
 */
export function incomingFile(offer, row, post) {
  const { id, size } = offer;
  const name = plainName(offer.name);
  let parts = [];
  let held = 0;
  let told = 0;
  let accepted = false;
  // Whether the console knows, on this connection, from where to send.
  let live = false;
  let over = false;
  let arrived = false;
  let address = "";

  const file = { id, get over() { return over; } };

  /** It is offered: now, again because nothing was heard, or again on a new connection. */
  file.offered = (again) => {
    if (again.name !== offer.name || again.size !== size) file.fail("misbehaved");
    else if (arrived) post({ t: "end", id });
    else if (!over && size > FILE_MAX) file.fail("too_large");
    else if (!over && accepted && !live) begin();
    else if (!over && !accepted) row.show("asked", { accept, decline: () => file.fail("refused") });
  };

  function accept() {
    accepted = true;
    begin();
  }

  function begin() {
    live = post({ t: "accept", id, offset: held });
    told = held;
    row.show(live ? "receiving" : "paused", { cancel: file.cancel });
    row.progress(held);
  }

  file.took = ({ offset, bytes }) => {
    if (over) return;
    if (!live || offset !== held || held + bytes.length > size) {
      file.fail("misbehaved");
      return;
    }
    parts.push(bytes);
    held += bytes.length;
    row.progress(held);
    if (held - told >= TOLD_BYTES || held === size) {
      told = held;
      post({ t: "got", id, offset: held });
    }
  };

  file.finished = async ({ sha256 }) => {
    if (over) return;
    if (!live || held !== size) {
      file.fail("misbehaved");
      return;
    }
    // Never of a kind that the browser would open by itself.
    const whole = new Blob(parts, { type: "application/octet-stream" });
    parts = [];
    const right = await sum(whole).then((found) => found === sha256, () => false);
    if (over) return;
    if (right) arrive(whole);
    else file.fail("damaged");
  };

  function arrive(whole) {
    over = arrived = true;
    post({ t: "end", id });
    address = URL.createObjectURL(whole);
    row.show("received", { save: { name, address }, remove: file.remove });
  }

  /** The console has ended it. */
  file.ended = (said) => {
    if (!over) end(problemWord(said) || "cancelled");
  };

  file.cancel = () => file.fail("cancelled");

  /** End it here first, and tell the console. */
  file.fail = (word) => {
    if (over) return;
    end(word);
    post(endedBecause(id, word));
  };

  function end(word) {
    over = true;
    parts = [];
    row.fail(word, { remove: file.remove });
  }

  file.paused = () => {
    live = false;
    if (!over && accepted) row.show("paused", { cancel: file.cancel });
  };

  file.remove = () => {
    URL.revokeObjectURL(address);
    row.remove();
  };

  return file;
}
