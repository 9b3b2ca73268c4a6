import assert from "node:assert/strict";
import test from "node:test";

import { load, page } from "./page.js";

page("en");
const { linked } = await load("links.js");

/** What is shown, with links in angle brackets. */
const shown = (text) => linked(text)
  .map((part) => (typeof part === "string" ? part : `<${part.textContent}>`)).join("");

test("an address becomes a link that leaves this page and tells nobody where from", () => {
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
  test(`what does not plainly lead to a site stays text: ${text.slice(0, 40)}`, () => {
    assert.equal(shown(text), text);
  });
}

test("foreign letters that pass for others are told in the title", () => {
  const link = linked("https://ex\u0430mple.org")[1];

  assert.match(link.title, /^https:\/\/xn--/);
});

test("markup stays text", () => {
  assert.equal(shown("<b>https://a.example</b>"), "<b><https://a.example></b>");
});
