// Keeps what has not reached the server yet in this tab, even if it is reloaded: what is written in
// the chat, which powers the person has taken back, and by which way the server was reached.

/**
 * Keep the chat of one session.
 *
 * @param {string} session The session's id: the next session in this tab must not get its chat.
 * @returns {{read: Function, write: Function}} `read()` returns `{draft, unsent}`, where each
 *   unsent message has a `key`, a `text` and the time `at`; `write(draft, unsent)` replaces it.
 */
export function keepingChat(session) {
  const name = `chat ${session}`;
  return {
    read() {
      const { draft, unsent } = load(name) ?? {};
      return {
        draft: typeof draft === "string" ? draft : "",
        unsent: Array.isArray(unsent) ? unsent.filter(isMessage) : [],
      };
    },
    write(draft, unsent) {
      store(name, draft || unsent.length ? { draft, unsent } : null);
    },
  };
}

/**
 * Keep which powers have been taken back in one session.
 *
 * @returns {{read: Function, write: Function}} `read()` returns the powers; `write(powers)`
 *   replaces them.
 */
export function keepingTakenBack(session) {
  const name = `taken back ${session}`;
  return {
    read() {
      const powers = load(name);
      return Array.isArray(powers) ? powers : [];
    },
    write(powers) {
      store(name, powers.length ? powers : null);
    },
  };
}

/**
 * Keep whether the network lets no WebSocket through, for the next page in this tab.
 *
 * @returns {{read: Function, write: Function}} `read()` returns it; `write(plain)` replaces it.
 */
export function keepingPlain() {
  return {
    read: () => load("plain") === true,
    write: (plain) => store("plain", plain || null),
  };
}

function load(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Some browsers keep nothing; the page still asks before it is left.
  }
}

function isMessage(one) {
  return typeof one?.key === "string" && typeof one.text === "string"
    && !Number.isNaN(Date.parse(one.at));
}
