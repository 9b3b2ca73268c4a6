// The security code, which both people compare aloud to know that nobody sits between them: made
// as in protocol/security_code.py, from the session, both certificates, and a fresh value of each
// side. docs/security-code.md describes it.

import { CODE_DIGITS, CODE_LABEL, COMMITMENT_LABEL, VALUE_BYTES } from "./words.js";

const FINGERPRINT = /^a=fingerprint:sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})\s*$/i;

/**
 * Return the fingerprint that a description announces; throws if there are several.
 *
 * Of several fingerprints, browsers check one, but not all browsers the same one. A description
 * with two could show one to us and another to the browser.
 *
 * @param {string} sdp
 * @returns {Uint8Array} SHA-256 of the certificate.
 */
export function fingerprintOf(sdp) {
  const lines = sdp.split("\n").filter((line) => /^\s*a=fingerprint/i.test(line));
  const found = new Set(lines.map((line) => FINGERPRINT.exec(line)?.[1].toLowerCase()));
  const [only] = found;
  if (found.size !== 1 || !only) throw new Error("not exactly one fingerprint");
  return fromHex(only.replaceAll(":", ""));
}

/** Return what the page sends before it reveals its *value*; *customer* is its own key. */
export function commitment(session, customer, value) {
  return digest(COMMITMENT_LABEL, session, customer, value);
}

/** Return the code, "1234 5678 9012". */
export async function securityCode(session, customer, console, customerValue, consoleValue) {
  const made = await digest(CODE_LABEL, session, customer, console, customerValue, consoleValue);
  const number = new DataView(made.buffer).getBigUint64(0) % 10n ** BigInt(CODE_DIGITS);
  return String(number).padStart(CODE_DIGITS, "0").replace(/\d{4}(?=\d)/g, "$& ");
}

export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Return the bytes of a key or a value; throws if *text* is not one in hex. */
export function fromHex(text) {
  const pairs = /^[0-9a-f]*$/.test(text) ? text.match(/../g) ?? [] : [];
  if (pairs.length !== VALUE_BYTES || text.length !== 2 * VALUE_BYTES) throw new Error("no value");
  return Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
}

async function digest(label, session, ...values) {
  if (values.some(({ length }) => length !== VALUE_BYTES)) throw new Error("wrong length");
  const write = new TextEncoder();
  const parts = [write.encode(label), await sha256(write.encode(session)), ...values];
  return sha256(Uint8Array.from(parts.flatMap((part) => Array.from(part))));
}

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
