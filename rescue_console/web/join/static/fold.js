// Folds long messages: their beginning is shown, and the rest when somebody wants it.

import { linked } from "./links.js";
import { FOLD_CHARACTERS, FOLD_LINES } from "./words.js";

/** Return where the lines of *text* end that are shown of it at first. */
export function firstLinesEnd(text) {
  let end = -1;
  for (let line = 0; line < FOLD_LINES; line += 1) {
    end = text.indexOf("\n", end + 1);
    if (end < 0) return text.length;
  }
  return end;
}

/**
 * Add what somebody wrote to an item; of a long text only the beginning is shown at first.
 *
 * @param {HTMLElement} item
 * @param {string} text
 * @param {DOMStringMap} words What the button says: `all` and `less`.
 */
export function foldable(item, text, words) {
  const body = document.createElement("p");
  body.className = "said";
  body.dir = "auto";
  const end = firstLinesEnd(text);
  // No address is cut in two: none goes on in the next line.
  body.append(...linked(text.slice(0, end)));
  if (end < text.length) {
    const rest = document.createElement("span");
    rest.className = "rest";
    rest.append(...linked(text.slice(end)));
    body.append(rest);
  }
  item.append(body);
  if (end < text.length || text.length > FOLD_CHARACTERS) item.append(folding(item, words));
}

/** Fold an item; return the button that shows all of it, or folds it again. */
function folding(item, words) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small quiet";
  function fold(folded) {
    item.classList.toggle("folded", folded);
    button.textContent = folded ? words.all : words.less;
    button.setAttribute("aria-expanded", String(!folded));
  }
  button.addEventListener("click", () => fold(!item.classList.contains("folded")));
  fold(true);
  return button;
}
