// Keys of messages, things and days in, words in the reader's language out.

import { get } from "/static/base/api.js";
import { localName, term } from "/static/base/vocabulary.js";

export const LANGUAGES = { fr: "Français", en: "English" };
const KEPT = "dateline.language";

let messages = {};
let chosen = "en";

/** The language that the page is in: "fr" or "en". */
export function language() {
  return chosen;
}

/** Reads the messages of the language that was chosen once, or that the browser asks for. Throws `Failure`. */
export async function load() {
  const wanted = [kept(), ...navigator.languages].map((each) => each?.slice(0, 2).toLowerCase());
  await speak(wanted.find((each) => each in LANGUAGES) ?? "en");
}

/** Changes the language, for the next visit too; the page is to be drawn anew by who calls. */
export async function choose(next) {
  try {
    localStorage.setItem(KEPT, next);
  } catch {
    // a browser that keeps nothing asks again
  }
  await speak(next);
}

async function speak(next) {
  messages = await get(`/static/messages/${next}.json`);
  chosen = next;
  document.documentElement.lang = next;
}

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** A message, with values in the place of {names}. One with forms ("one", "other") takes that of `values.count`. */
export function t(key, values = {}) {
  let text = messages[key];
  if (text === undefined) return key;
  if (typeof text === "object") text = text[new Intl.PluralRules(chosen).select(values.count)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? shown(values[name]) : whole));
}

function shown(value) {
  return typeof value === "number" ? number(value) : String(value);
}

/** What a thing ({iri, label}) or a term (an IRI) is called. */
export function label(thing) {
  if (!thing) return "";
  const iri = typeof thing === "string" ? thing : thing.iri;
  const names = typeof thing === "string" ? term(thing)?.label : thing.label;
  return inLanguage(names) || (iri ? localName(iri) : "");
}

/** Of {language: text}, the text in the reader's language, else in none, else in any. */
export function inLanguage(texts) {
  if (!texts) return "";
  const other = Object.keys(LANGUAGES).find((each) => each !== chosen && texts[each]);
  return texts[chosen] || texts[""] || texts[other] || Object.values(texts)[0] || "";
}

/** Of {language: {key: text}}, the text of a key in the reader's language, else in English. */
export function worded(texts, key = "") {
  return texts[chosen]?.[key] ?? texts.en?.[key] ?? "";
}

/** What a term means, in a sentence; "" where nobody says. */
export function comment(iri) {
  return inLanguage(term(iri)?.comment);
}

/** A number as the language writes it. */
export function number(value) {
  return new Intl.NumberFormat(chosen).format(value);
}

// Days are days: they are read and written in the same zone, so that none is shifted.
const WHOLE = { day: "numeric", month: "long", year: "numeric" };
const SHORT = { day: "numeric", month: "short", year: "numeric" };

function format(options) {
  return new Intl.DateTimeFormat(chosen === "en" ? "en-GB" : chosen, { ...options, timeZone: "UTC" });
}

// The first of a month is an ordinal in French: « 1er octobre ».
function written(parts) {
  const word = ({ type, value }) => (chosen === "fr" && type === "day" && value === "1" ? "1er" : value);
  return parts.map(word).join("");
}

function read(iso) {
  const match = /^(-?\d{4,})-(\d\d)-(\d\d)/.exec(iso ?? "");
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // 30 February is none, and neither is what lies beyond the years that browsers count
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}

/** Whether a text begins with a day that there is. */
export function isDay(iso) {
  return read(iso) !== null;
}

/** A day, "2025-10-02", in words: « 2 octobre 2025 »; with `short`, « 2 oct. 2025 ». */
export function day(iso, { short = false } = {}) {
  const date = read(iso);
  return date ? written(format(short ? SHORT : WHOLE).formatToParts(date)) : (iso ?? "");
}

/** The short name of a day's month: « mars ». */
export function month(iso) {
  const date = read(iso);
  return date ? format({ month: "short" }).format(date) : iso;
}

/** From a day to a day, either of which may be open: whole months and years are called by their names. */
export function period(begin, end, { short = false } = {}) {
  if (!begin && !end) return "";
  if (!end) return t("period.since", { day: day(begin, { short }) });
  if (!begin) return t("period.until", { day: day(end, { short }) });
  if (begin === end) return day(begin, { short });
  const [first, last] = [read(begin), read(end)];
  if (!first || !last || first > last) return `${begin} – ${end}`;
  const whole = named(first, last, short);
  return whole ?? written(format(short ? SHORT : WHOLE).formatRangeToParts(first, last));
}

function named(first, last, short) {
  const next = new Date(last);
  next.setUTCDate(next.getUTCDate() + 1);
  if (first.getUTCDate() !== 1 || next.getUTCDate() !== 1) return null;
  const years = first.getUTCMonth() === 0 && next.getUTCMonth() === 0;
  const options = years ? { year: "numeric" } : { month: short ? "short" : "long", year: "numeric" };
  return format(options).formatRange(first, last);
}
