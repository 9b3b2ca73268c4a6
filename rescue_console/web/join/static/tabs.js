// One session may be open in several tabs of this browser; one of them shows the picture.

// How long the tab that shows it may take to say so.
const ANSWERED_WITHIN_MS = 500;

/**
 * Get to know the other tabs.
 *
 * @param {string} session Whose tabs.
 * @param {object} tell What to call: `holds()` returns whether this tab shows the picture;
 *   `taken()`, `freed()`, `stopped()` when another one begins to, is gone, or ends it everywhere.
 * @returns {{say: Function, elsewhere: Function}} `say("taken" | "freed" | "stopped")` tells the
 *   others; `elsewhere()` resolves to whether another tab shows the picture.
 */
export function amongTabs(session, tell) {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`picture ${session}`) : null;
  const asking = new Set();

  const takers = {
    who: () => tell.holds() && say("mine"),
    mine: () => asking.forEach((answer) => answer(true)),
    taken: () => tell.taken(),
    freed: () => tell.freed(),
    stopped: () => tell.stopped(),
  };

  function say(word) {
    channel?.postMessage(word);
  }

  function elsewhere() {
    if (channel === null) return Promise.resolve(false);
    return new Promise((resolve) => {
      const answer = (there) => {
        asking.delete(answer);
        resolve(there);
      };
      asking.add(answer);
      setTimeout(answer, ANSWERED_WITHIN_MS, false);
      say("who");
    });
  }

  channel?.addEventListener("message", ({ data }) => takers[data]?.());
  return { say, elsewhere };
}
