// What the scripts find in a page, as far as they ask for it without a browser.

import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto; // Node.js 18 has it under another name only.

/** Pretend that the scripts loaded from now on are in a page in *language*. */
export function page(language) {
  globalThis.document = {
    documentElement: { lang: language },
    createElement: (tag) => ({ tag }),
  };
}

let loaded = 0;

/** Load a script anew, so that it looks at the page as it is now. */
export function load(name) {
  loaded += 1;
  return import(`../../../rescue_console/web/join/static/${name}?${loaded}`);
}

/** Storage of a tab that keeps everything, or, when *full*, nothing. */
export function storage(full = false) {
  const items = new Map();
  globalThis.sessionStorage = {
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => items.delete(key),
    setItem: (key, value) => {
      if (full) throw new Error("full");
      items.set(key, value);
    },
  };
  return items;
}
