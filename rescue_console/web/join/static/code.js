// The security code, which both people compare aloud to know that nobody sits between them. It is
// made from the certificate that the browser itself checks, as in protocol/security_code.py.

import { CODE_DIGITS, CODE_ITERATIONS, CODE_SALT } from "./words.js";

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
  return Uint8Array.from(only.split(":"), (pair) => parseInt(pair, 16));
}

/** Return the code, "1234 5678 9012", for the SHA-256 *fingerprint* of a certificate. */
export async function securityCode(fingerprint) {
  const key = await crypto.subtle.importKey("raw", fingerprint, "PBKDF2", false, ["deriveBits"]);
  const salt = new TextEncoder().encode(CODE_SALT);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: CODE_ITERATIONS };
  const bits = new DataView(await crypto.subtle.deriveBits(how, key, 64));
  const number = bits.getBigUint64(0) % 10n ** BigInt(CODE_DIGITS);
  return String(number).padStart(CODE_DIGITS, "0").replace(/\d{4}(?=\d)/g, "$& ");
}
