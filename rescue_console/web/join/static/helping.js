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
  const screen = screenShowing(send);
  const files = filesSharing(send);
  const chat = chatting(document.querySelector("main").dataset.session, send, unread);
  const consent = consenting(send, {
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
      screen.changed(state);
      files.changed(state);
      consent.changed(state);
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
