// Days in, the decades, years, months and days that hold them out, each by a key that its days begin with: "201" for the
// 2010s, "2017", "2017-03", "2017-03-08".

import { month, period, t } from "/static/base/i18n.js";

export const UNITS = ["decade", "year", "month", "day"];
const LENGTHS = { decade: 3, year: 4, month: 7, day: 10 };

/** The keys of all periods of a unit from the first to the last of `days`: "201" a decade, "2017-03" a month. */
export function periods(unit, days) {
  const sorted = days.toSorted();
  const [date, last] = [sorted[0], sorted.at(-1)].map((iso) => new Date(`${start(keyOf(iso, unit))}T00:00:00Z`));
  const keys = [];
  while (date <= last) {
    keys.push(keyOf(date.toISOString(), unit));
    if (unit === "day") date.setUTCDate(date.getUTCDate() + 1);
    else if (unit === "month") date.setUTCMonth(date.getUTCMonth() + 1);
    else date.setUTCFullYear(date.getUTCFullYear() + (unit === "year" ? 1 : 10));
  }
  return keys;
}

/** The key of the period of a unit that a day is in. */
export function keyOf(iso, unit) {
  return iso.slice(0, LENGTHS[unit]);
}

/** The first day of a period. */
export function start(key) {
  return key.length === 3 ? `${key}0-01-01` : key + "-01-01".slice(key.length - 4);
}

/** The last day of a period. */
export function end(key) {
  if (key.length === 3) return `${key}9-12-31`;
  if (key.length === 4) return `${key}-12-31`;
  if (key.length === 10) return key;
  const [year, number] = key.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** The unit of the parts of a period; a day has none but itself. */
export function below(key) {
  const place = UNITS.findIndex((unit) => LENGTHS[unit] === key.length);
  return UNITS[Math.min(place + 1, UNITS.length - 1)];
}

/** What a period is called. */
export function named(key) {
  return key.length === 3
    ? t("timeline.decade", { year: `${key}0` })
    : key.length === 4
      ? key
      : period(start(key), end(key));
}

/** What stands under its bar. */
export function short(key) {
  if (key.length === 10) return String(Number(key.slice(8)));
  return key.length === 7 ? month(`${key}-01`) : key.length === 4 ? key : `${key}0`;
}
