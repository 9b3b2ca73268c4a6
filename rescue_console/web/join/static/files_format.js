// Sizes, speeds and times in the page's language.

const language = document.documentElement.lang;
const STEPS = ["byte", "kilobyte", "megabyte", "gigabyte"];

function unit(value, name, digits = 0) {
  // "300 bytes" and "58 seconds" read better whole; "12.3 megabytes per second" does not.
  const unitDisplay = ["byte", "second", "minute", "hour"].includes(name) ? "long" : "short";
  /** @type {Intl.NumberFormatOptions} */
  const style = { style: "unit", unit: name, unitDisplay, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, style).format(value);
}

function scaled(bytes, suffix) {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), STEPS.length - 1);
  return unit(bytes / 1000 ** step, STEPS[step] + suffix, step > 1 ? 1 : 0);
}

/** Return a number of bytes in words that people read. */
export const sizeText = (bytes) => scaled(bytes, "");

/** Return a speed in bytes per second in words that people read. */
export const speedText = (bytes) => scaled(bytes, "-per-second");

/** Return a number of seconds in words that people read. */
export function timeText(seconds) {
  if (seconds < 60) return unit(Math.ceil(seconds), "second");
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? unit(minutes, "minute") : unit(minutes / 60, "hour", 1);
}

/** Return a share from 0 to 1 as a percentage. */
export function percentText(share) {
  return new Intl.NumberFormat(language, { style: "percent" }).format(Math.floor(share * 100) / 100);
}
