// Numbers of people as words.

import { number, t } from "./words.js";

/** "at least 3", "4", "2 to 5"; said once for a whole group where the article counts it so. Null where none is given. */
export function people(value, name) {
  const [low, high] = [value(`${name}_low`), value(`${name}_high`)];
  if (low === null) return null;
  const range = high === low ? number(low) : t("people.range", { low, high });
  const scope = value("casualty_scope") === "group" ? ` (${t("people.group")})` : "";
  return (high === null ? t("people.at_least", { n: low }) : range) + scope;
}
