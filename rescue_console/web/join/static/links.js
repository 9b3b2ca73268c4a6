// Finds web addresses in what somebody wrote. The rest stays text; nothing becomes markup.

import { LINK_MAX } from "./words.js";

const ADDRESS = /https?:\/\/[^\s<>"'«»“”‘’`\\^{|}]+/gi;
const CLOSING = /[.,;:!?…]$/;

function withoutClosing(address) {
  let kept = address;
  for (;;) {
    const surplus = (kept.endsWith(")") && kept.split(")").length > kept.split("(").length)
      || (kept.endsWith("]") && kept.split("]").length > kept.split("[").length);
    if (!surplus && !CLOSING.test(kept)) return kept;
    kept = kept.slice(0, -1);
  }
}

/** Return the URL of *address*, or null if it does not show plainly where it leads. */
function safe(address) {
  if (address.length > LINK_MAX || !URL.canParse(address)) return null;
  const url = new URL(address);
  const web = url.protocol === "http:" || url.protocol === "https:";
  // A user name in front of the host passes for the host: https://bank.example@evil.example.
  return web && url.hostname && !/^https?:\/\/[^/?#]*@/i.test(address) ? url : null;
}

function link(address, url) {
  const element = document.createElement("a");
  element.textContent = address;
  element.href = url.href;
  // The title shows the real address, even if foreign letters look like others.
  element.title = url.href;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  return element;
}

/** Return *text* as text nodes and links. */
export function linked(text) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutClosing(match[0]);
    const url = safe(address);
    if (url === null) continue;
    parts.push(text.slice(done, match.index), link(address, url));
    done = match.index + address.length;
  }
  parts.push(text.slice(done));
  return parts;
}
