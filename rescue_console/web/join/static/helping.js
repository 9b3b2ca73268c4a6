// What helping needs, put together: questions, the screen, files, the chat. Each part takes
// from the connection what concerns it.

import { chatting } from "./chat.js";
import { consenting } from "./consent.js";
import { filesSharing } from "./files.js";
import { screenShowing } from "./screen.js";

/**
 * Begin to help.
 *
 * @param {Function} send Sends a message of /Customer/Live; returns false when it cannot now.
 * @param {Function} unread Is told how many chat messages nobody has looked at.
 * @returns {object} `last()` is the number of the last chat message; the others take what the
 *   connection tells.
 */
export function helping(send, unread) {
  const { session } = document.querySelector("main").dataset;
  const screen = screenShowing(session, send, () => consent.takeBack("view"));
  const files = filesSharing(send);
  const chat = chatting(session, send, unread);
  const consent = consenting(session, send, {
    view: {
      grant: screen.share,
      stop: screen.stop,
      explain: () => (screen.canShowScreen ? "text" : screen.canShow ? "camera" : null),
    },
    files: {
      stop: files.stop,
      explain: () => (files.possible() ? "text" : null),
    },
  });
  return {
    last: chat.last,
    changed(state) {
      // What was ended here and not told yet is not begun again.
      const consents = consent.changed(state);
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
    denied: chat.denied,
    lost: chat.lost,
  };
}
