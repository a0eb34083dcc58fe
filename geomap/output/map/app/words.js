// The interface's language: messages, numbers and dates.

import { data } from "./page.js";

const locale = data.messages.locale;
const plural = new Intl.PluralRules(locale);
const dayFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const numberFormat = new Intl.NumberFormat(locale);

/** A message with its {values}; a message of several forms is chosen by `count`. */
export function t(key, values = {}) {
  let message = data.messages[key] ?? key;
  if (typeof message === "object") message = message[plural.select(values.count)] ?? message.other;
  return message.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : (value ?? "");
  });
}

/** A word of the report ("near", "Air/drone strike") in the interface's language, or as it is. */
export function word(kind, value) {
  if (!value) return "";
  return data.messages[`${kind}.${value}`] ?? value;
}

export const number = (value) => numberFormat.format(value);

/** Days since 1970 of an ISO day, or null. */
export const dayOf = (iso) => (iso ? Date.parse(`${iso}T00:00Z`) / 864e5 : null);

/** The ISO day of days since 1970. */
export const isoOf = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

/** A day as people of this language write it. */
export const dayText = (day) => dayFormat.format(new Date(day * 864e5));

/** A window of days, open ends and none at all included. */
export function windowText(from, to) {
  if (from === null && to === null) return t("date.none");
  if (from === null) return t("date.by", { day: dayText(to) });
  if (to === null) return t("date.from", { day: dayText(from) });
  if (from === to) return dayText(from);
  return dayFormat.formatRange(new Date(from * 864e5), new Date(to * 864e5));
}

let regions = null;

/** The name of a country by its code, in the interface's language. */
export function country(code) {
  if (!/^[A-Z]{2}$/.test(code ?? "")) return code ?? "";
  regions ??= new Intl.DisplayNames(locale, { type: "region" });
  return regions.of(code);
}

/** A probability as a percentage; nothing is a hundred per cent sure. */
export const percent = (share) => new Intl.NumberFormat(locale, { style: "percent" }).format(Math.min(share, 0.99));
