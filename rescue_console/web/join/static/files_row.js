// One file in the list: its name, its state in words, its progress, and its buttons.

import { percentText, sizeText, speedText, timeText } from "./files_format.js";

// How often the words follow the progress, and the weight of the newest speed.
const LOOK_MS = 500;
const WEIGHT = 0.3;

const card = document.getElementById("files");
const list = document.getElementById("files-list");
const template = /** @type {HTMLTemplateElement} */ (document.getElementById("files-row"));
const problems = document.getElementById("files-problems");
const news = document.getElementById("files-news");
const title = document.getElementById("files-title");

/** Announce *text* to those who do not see the list. */
function say(text) {
  news.textContent = text;
}

/** Put the focus on the first thing in *element* that can be pressed, or on the element itself. */
function focusIn(element) {
  (element.querySelector("a:not([hidden]), button:not([hidden])") ?? element).focus();
}

/** Return why a transfer failed, in the page's language. */
function problemText(word) {
  const item = problems.querySelector(`[data-problem="${word}"]`);
  return (item ?? problems.querySelector('[data-problem="other"]')).textContent;
}

/** Measure the speed, smoothed so that the figure can be read. */
function pace() {
  let at = 0;
  let seen = 0;
  let speed = 0;
  return (done) => {
    const now = performance.now();
    if (!at || done < seen) {
      [at, seen] = [now, done];
    } else if (now - at >= LOOK_MS) {
      const newest = ((done - seen) * 1000) / (now - at);
      speed = speed ? speed + WEIGHT * (newest - speed) : newest;
      [at, seen] = [now, done];
    }
    return speed;
  };
}

/**
 * Put a file on top of the list.
 *
 * @param {string} name A plain name; it may still be somebody else's words.
 * @param {number} size
 * @returns {object} `show(word, acts)` shows the state and the buttons for *acts*, which are keyed
 *   by role; `progress(done)`; `fail(word, acts)`; `remove()`.
 */
export function fileRow(name, size) {
  const item = /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
  /** @type {(role: string) => any} The template says which kind of element it is. */
  const part = (role) => item.querySelector(`[data-role="${role}"]`);
  const bar = part("bar");
  const buttons = Array.from(item.querySelectorAll("button"));
  let acts = {};
  const look = pace();
  let looked = 0;

  part("name").textContent = name;
  part("size").textContent = sizeText(size);
  bar.max = Math.max(size, 1);
  bar.setAttribute("aria-label", name);
  for (const button of buttons) {
    button.setAttribute("aria-label", `${button.textContent}: ${name}`);
    button.addEventListener("click", () => acts[button.dataset.role]?.());
  }
  list.prepend(item);

  function state(words) {
    if (part("state").textContent !== words) part("state").textContent = words;
  }

  /** Show the buttons for *now*; if the focused one disappears, the focus stays in the row. */
  function offer(now) {
    acts = now;
    const focused = item.contains(document.activeElement);
    for (const button of buttons) button.hidden = !(button.dataset.role in acts);
    part("save").hidden = !acts.save;
    if (focused && /** @type {HTMLElement} */ (document.activeElement).hidden) {
      focusIn(item);
    }
  }

  const row = {};

  row.show = (word, now) => {
    const words = card.dataset[word];
    item.dataset.state = word;
    bar.hidden = !["receiving", "sending", "paused"].includes(word);
    if (part("state").dataset.word !== word) {
      part("state").dataset.word = word;
      state(words);
      say(`${name}: ${words}`);
    }
    if (now.save) {
      part("save").href = now.save.address;
      part("save").download = now.save.name;
      part("save").setAttribute("aria-label", `${part("save").textContent}: ${name}`);
    }
    offer(now);
  };

  row.progress = (done) => {
    bar.value = size ? done : 1;
    const speed = look(done);
    const now = performance.now();
    if (!speed || now - looked < LOOK_MS || item.dataset.state === "paused") return;
    looked = now;
    const left = timeText((size - done) / speed);
    const how = [percentText(done / size), speedText(speed), card.dataset.left.replace("{time}", left)];
    state(`${card.dataset[item.dataset.state]} ${how.join(" · ")}`);
  };

  row.fail = (word, now) => {
    item.dataset.state = "failed";
    part("state").dataset.word = "failed";
    bar.hidden = true;
    state(problemText(word));
    say(`${name}: ${problemText(word)}`);
    offer(now);
  };

  row.remove = () => {
    const next = /** @type {HTMLElement} */ (item.nextElementSibling) ?? title;
    const focused = item.contains(document.activeElement);
    item.remove();
    if (focused) focusIn(next);
    list.dispatchEvent(new Event("removed"));
  };

  return row;
}
