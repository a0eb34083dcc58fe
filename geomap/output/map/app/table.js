// Incidents as numbered rows, read from the columns of one report or of many.

import { archive, data } from "./page.js";
import { unpackJson } from "./codec.js";
import { dayOf } from "./words.js";

export const CATEGORIES = ["strike", "base", "attack"];

/** The page's incidents, from the columns it carries. */
export async function loadTable() {
  const packed = archive();
  const { lon, lat, ...columns } = packed ? await unpackJson(packed) : data.incidents;
  const value = (row, name) => {
    const column = columns[name];
    if (!column) return null;
    return (column.codes ? column.values[column.codes[row]] : column[row]) ?? null;
  };
  return withArrays({
    size: lat.length,
    names: Object.keys(columns),
    value,
    id: (row) => value(row, "incident_id"),
    point: (row) => (lat[row] === null ? null : [lon[row], lat[row]]),
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
