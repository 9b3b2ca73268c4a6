// Stands in for the page, as far as the scripts need one without a browser.

import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto; // Node.js 18 has it only under another name.

/** Make scripts that are loaded from now on find a page in *language*. */
export function page(language) {
  globalThis.document = {
    documentElement: { lang: language },
    createElement: (tag) => ({ tag }),
  };
}

let loaded = 0;

/** Load a script again, so that it sees the page as it is now. */
export function load(name) {
  loaded += 1;
  return import(`../../../rescue_console/web/join/static/${name}?${loaded}`);
}

/** Return a tab's storage, which keeps everything or, if it is *full*, nothing. */
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
