// Lets the browser that has joined go on. When the link is clicked in a mail, its cookie is not
// sent, since that is another site; a request from our own page carries it.

/** Go to the waiting room if *link*, requested with the cookie, leads there. */
export async function goBack(link) {
  try {
    const answer = await fetch(link, { cache: "no-store", credentials: "same-origin" });
    const led = new URL(answer.url).pathname;
    if (answer.ok && led === "/Customer/Session") location.replace(answer.url);
  } catch {
    // No network: the page keeps its link to the session.
  }
}

const { probe } = document.querySelector("main").dataset;
if (probe) goBack(probe);
