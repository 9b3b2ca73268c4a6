// The sentences for why something is not possible, which the page holds ready in its language.

/** Return the sentence for a hindrance. */
export function hindranceText(word) {
  const sentence = document.querySelector(`#hindrances [data-hindrance="${word}"]`);
  return sentence?.textContent ?? "";
}
