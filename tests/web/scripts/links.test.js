import assert from "node:assert/strict";
import test from "node:test";

import { load, page } from "./page.js";

page("en");
const { linked } = await load("links.js");

/** Return what the reader sees, with links in angle brackets. */
const shown = (text) => linked(text)
  .map((part) => (typeof part === "string" ? part : `<${part.textContent}>`)).join("");

test("an address becomes a link that opens elsewhere and sends no referrer", () => {
  const [before, link, after] = linked("see https://example.org/a?b=c now");

  assert.equal(before, "see ");
  assert.equal(after, " now");
  assert.deepEqual({ ...link }, {
    tag: "a",
    textContent: "https://example.org/a?b=c",
    href: "https://example.org/a?b=c",
    title: "https://example.org/a?b=c",
    target: "_blank",
    rel: "noopener noreferrer",
  });
});

for (const [text, expected] of [
  ["nothing here", "nothing here"],
  ["(https://a.example)", "(<https://a.example>)"],
  ["https://a.example/x_(y).", "<https://a.example/x_(y)>."],
  ["https://a.example, https://b.example!", "<https://a.example>, <https://b.example>!"],
  ["« https://a.example »", "« <https://a.example> »"],
]) {
  test(`the address ends where a reader would end it: ${text}`, () => {
    assert.equal(shown(text), expected);
  });
}

for (const text of [
  "javascript:alert(1)",
  "https://bank.example@evil.example/",
  `https://a.example/${"x".repeat(2_000)}`,
]) {
  test(`an address that does not lead plainly to a site stays text: ${text.slice(0, 40)}`, () => {
    assert.equal(shown(text), text);
  });
}

test("the title reveals foreign letters that look like others", () => {
  const link = linked("https://ex\u0430mple.org")[1];

  assert.match(link.title, /^https:\/\/xn--/);
});

test("markup stays text", () => {
  assert.equal(shown("<b>https://a.example</b>"), "<b><https://a.example></b>");
});
