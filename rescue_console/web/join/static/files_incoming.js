// One file from the technician: the person is asked first, each part is checked, and the complete
// file is offered for saving. After a lost connection the transfer goes on where it stopped.

import { endedBecause, plainName, problemWord, sum } from "./files_words.js";
import { FILE_MAX } from "./words.js";

// After this many bytes each time, the console is told how much has arrived.
const TOLD_BYTES = 128 * 1024;

/**
 * Receive a file that the console has offered.
 *
 * @param {object} offer The console's message.
 * @param {object} row The row that shows the file.
 * @param {Function} post Sends a message to the console; returns false if it cannot now.
 */
export function incomingFile(offer, row, post) {
  const { id, size } = offer;
  const name = plainName(offer.name);
  let parts = [];
  let held = 0;
  let told = 0;
  let accepted = false;
  // Whether the console has been told, on this connection, where to start.
  let live = false;
  let over = false;
  let arrived = false;
  let address = "";

  const file = { id, get over() { return over; } };

  /** Handle an offer: the first one, one repeated for lack of an answer or on a new connection. */
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
    // Never use a type that the browser would open by itself.
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

  /** Handle the console's message that it has ended the file. */
  file.ended = (said) => {
    if (!over) end(problemWord(said) || "cancelled");
  };

  file.cancel = () => file.fail("cancelled");

  /** End the file here first, then tell the console. */
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
