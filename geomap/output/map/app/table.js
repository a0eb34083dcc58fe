// Incidents as numbered rows, read from the columns of one report or of many.

import { data } from "./page.js";
import { columnReaders } from "./columns.js";
import { slicer } from "./quotes.js";
import { dayOf } from "./words.js";

export const CATEGORIES = ["strike", "base", "attack"];

/** Whether the page shows the events of a store, each told by several articles. */
export const isStore = data.told !== undefined;

/** The page's incidents, from the columns it carries. */
export function readTable() {
  const { size } = data.incidents;
  const readers = columnReaders(data.incidents);
  const names = [...readers.keys()];
  const value = (row, name) => readers.get(name)?.(row) ?? null;
  if (!data.report) derive(readers, value, size);
  const offsets = ["trigger_at", "trigger_length", "mention_at", "mention_length"];
  const hidden = ["lon", "lat", "told_block", "told_from", ...(isStore ? [] : offsets)];
  const listed = isStore ? names : data.report ? data.names : [...readers.keys()];
  return withArrays({
    size,
    names: listed.filter((name) => !hidden.includes(name)),
    value,
    id: (row) => value(row, isStore ? "event_id" : "incident_id"),
    point: (row) => (value(row, "lat") === null ? null : [value(row, "lon"), value(row, "lat")]),
  });
}

/** What an archive leaves out because it follows from the rest: numbers, offsets in the article, the words of a place. */
function derive(readers, value, size) {
  if (size < 1000) readers.set("number", (row) => row + 1);
  for (const name of ["trigger", "mention"]) {
    const at = (row, extra) => {
      const offset = value(row, `${name}_at`);
      return offset === null ? null : (value(row, "quote_start") ?? 0) + offset + extra;
    };
    readers.set(`${name}_start`, (row) => at(row, 0));
    readers.set(`${name}_end`, (row) => at(row, value(row, `${name}_length`)));
  }
  readers.set("place_as_written", (row) => {
    const offset = value(row, "mention_at");
    return offset === null ? null : slicer(value(row, "source_sentence"))(offset, offset + value(row, "mention_length"));
  });
}

/** Add what filtering and drawing ask of every row at once as arrays of numbers. */
function withArrays(table) {
  const { size } = table;
  const lat = new Float64Array(size).fill(NaN);
  const lon = new Float64Array(size).fill(NaN);
  const category = new Uint8Array(size);
  const from = new Float64Array(size).fill(NaN);
  const to = new Float64Array(size).fill(NaN);
  const days = new Map([[null, NaN]]);
  const day = (iso) => {
    if (!days.has(iso)) days.set(iso, dayOf(iso));
    return days.get(iso);
  };
  for (let row = 0; row < size; row++) {
    const point = table.point(row);
    if (point) [lon[row], lat[row]] = point;
    category[row] = CATEGORIES.indexOf(table.value(row, "category"));
    from[row] = day(table.value(row, "date_start"));
    to[row] = day(table.value(row, "date_end"));
  }
  const rows = new Map(Array.from({ length: size }, (_, row) => [table.id(row), row]));
  return { ...table, lat, lon, category, from, to, rowOf: (id) => rows.get(id) ?? -1 };
}

/** The first and last day that any row names, or null where none does. */
export function daySpan(table) {
  let first = Infinity;
  let last = -Infinity;
  for (let row = 0; row < table.size; row++) {
    for (const day of [table.from[row], table.to[row]]) {
      if (day < first) first = day;
      if (day > last) last = day;
    }
  }
  return first <= last ? [first, last] : null;
}
