// Lets the tabs of one session in this browser know which of them shows the picture.

// How long the tab that shows the picture may take to say so.
const ANSWERED_WITHIN_MS = 500;

/**
 * Talk to the session's other tabs.
 *
 * @param {string} session The session's id.
 * @param {object} tell What to call: `holds()` returns whether this tab shows the picture;
 *   `taken()` when another tab starts to show it, `freed()` when that tab is closed, `stopped()`
 *   when the picture is ended in all tabs.
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
