// How this page and the technician's console come to the same security code. Each offer carries the
// commitment to a fresh value of ours, the answer the console's value, and a signal then reveals
// ours, once: the next offers carry another one. See protocol/security_code.py for why.

import { commitment, fromHex, securityCode, toHex } from "./code.js";
import { VALUE_BYTES } from "./words.js";

/**
 * Make the codes of one page. Both its connections, for the picture and for files, use its one
 * certificate, so that they have one code.
 *
 * @param {string} session The session's id.
 * @param {Function} signal `signal(kind, body)` sends a signal to the console; returns false if it
 *   cannot now.
 * @returns {object} `ownCertificate()`, `commit(own)` and `agree(…)` serve connections; call `lost`
 *   and `changed(state)` with what comes over the connection to the server.
 */
export function pageCodes(session, signal) {
  let certificate = null;
  let fresh = null;
  // What was agreed on last: with which console, on which code, and what it was made from.
  /** @type {{console: string, code: string | Promise<string>, value: any, theirs: string}} */
  let agreed = { console: "", code: "", value: null, theirs: "" };
  // Our value in hex until the console is known to have it, and whether it is on its way.
  let untold = "";
  let sent = false;

  /** Return the certificate for all connections of this page. */
  function ownCertificate() {
    certificate ??= RTCPeerConnection.generateCertificate(
      /** @type {any} */ ({ name: "ECDSA", namedCurve: "P-256" }));
    return certificate;
  }

  /**
   * Return what `agree` needs once an offer is answered, and what the offer carries: the commitment,
   * and with which console there is a code. Only the newest code is kept: of several, somebody could
   * choose one. So another console must exchange values anew, even if it knows this page.
   */
  async function commit(own) {
    fresh ??= crypto.getRandomValues(new Uint8Array(VALUE_BYTES));
    const value = fresh;
    const committed = toHex(await commitment(session, own, value));
    return { value, carried: { commit: committed, agreed: agreed.console } };
  }

  /**
   * Return the code for a connection; empty if the console is too old to agree on one.
   *
   * @param {Uint8Array} own The fingerprint in our offer.
   * @param {Uint8Array} value Our value, which the offer has committed us to.
   * @param {Uint8Array} console The fingerprint in the console's answer.
   * @param {unknown} theirs The console's value in the answer, if there is one.
   */
  async function agree(own, value, console, theirs) {
    const name = toHex(console);
    if (typeof theirs !== "string") {
      if (agreed.console !== name) return "";
      untold = "";
      return agreed.code;
    }
    if (agreed.console === name && agreed.value === value && agreed.theirs === theirs) {
      return agreed.code;
    }
    // Revealed once, to one console: with a second answer, somebody could choose theirs.
    if (value !== fresh) throw new Error("the value has been revealed already");
    const code = securityCode(session, own, console, value, fromHex(theirs));
    fresh = null;
    agreed = { console: name, code, value, theirs };
    untold = toHex(value);
    sent = false;
    reveal();
    return code;
  }

  function reveal() {
    if (untold && !sent) sent = signal("code_value", untold);
  }

  /** Reveal the value again once there is a connection: it may have been lost on its way. */
  function lost() {
    sent = false;
  }

  function changed({ over }) {
    if (!over) reveal();
  }

  return { ownCertificate, commit, agree, lost, changed };
}
