// Puts the parts of helping together: questions, screen, files and chat. Each part handles what
// concerns it of what comes over the connection.

import { ability } from "./capture.js";
import { chatting } from "./chat.js";
import { consenting } from "./consent.js";
import { filesSharing } from "./files.js";
import { pageCodes } from "./page_codes.js";
import { inPlace, screenShowing } from "./screen.js";

/**
 * Start all the parts.
 *
 * @param {Function} send Sends a message of /Customer/Live; returns false if it cannot now.
 * @param {Function} unread Called with the number of chat messages that nobody has looked at.
 * @returns {object} `last()` returns the number of the last chat message; call the others with
 *   what comes over the connection.
 */
export function helping(send, unread) {
  const { session } = document.querySelector("main").dataset;
  const codes = pageCodes(session, (kind, body) => send({ kind: "signal", signal: kind, body }));
  const screen = screenShowing(session, send, codes, () => consent.takeBack("view"));
  const files = filesSharing(send, codes);
  const chat = chatting(session, send, unread);
  const consent = consenting(session, send, {
    view: {
      grant: screen.share,
      stop: screen.stop,
      inPlace,
      explain: () => ({
        possible: ability.way !== "",
        hindrance: ability.hindrance,
        question: ability.way === "camera" ? "cameraQuestion" : "question",
        text: ability.tabs ? "textWithTabs" : "text",
      }),
    },
    files: {
      stop: files.stop,
      explain: () => ({ possible: files.hindrance() === "", hindrance: files.hindrance() }),
    },
  });
  return {
    last: chat.last,
    changed(state) {
      // What was ended here must not start again while the server does not know yet.
      const consents = consent.changed(state);
      codes.changed(state);
      screen.changed({ ...state, consents });
      files.changed(state);
      chat.changed(state);
    },
    signalled(signal) {
      screen.signalled(signal);
      files.signalled(signal);
      chat.signalled(signal);
    },
    said: chat.said,
    paged: chat.paged,
    denied: chat.denied,
    lost() {
      codes.lost();
      chat.lost();
    },
  };
}
