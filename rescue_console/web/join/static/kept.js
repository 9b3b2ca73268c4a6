// What is written in the chat and has not reached the server yet, kept by this tab across a reload.

/**
 * Keep the words of one session.
 *
 * @param {string} session Whose chat it is: the next session in this tab must not get it.
 * @returns {{read: Function, write: Function}} `read()` returns `{draft, unsent}`, where each
 *   unsent message has a `key`, a `text` and the time `at`; `write(draft, unsent)` replaces it.
 */
export function keeping(session) {
  const name = `chat ${session}`;

  function read() {
    try {
      const { draft, unsent } = JSON.parse(sessionStorage.getItem(name));
      return { draft: String(draft), unsent: unsent.filter(isMessage) };
    } catch {
      return { draft: "", unsent: [] };
    }
  }

  function write(draft, unsent) {
    try {
      if (!draft && !unsent.length) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, JSON.stringify({ draft, unsent }));
    } catch {
      // A browser that keeps nothing: the page still asks before it is left.
    }
  }

  return { read, write };
}

function isMessage({ key, text, at }) {
  return typeof key === "string" && typeof text === "string" && !Number.isNaN(Date.parse(at));
}
