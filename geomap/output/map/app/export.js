// What is shown, as files for other programs: the same properties as the GeoJSON that geomap writes.

import { data } from "./page.js";
import { save } from "./dom.js";
import { isStore } from "./table.js";

const STYLE = ["marker-color", "marker-symbol", "marker-size"];

const shown = ({ table, state }) => {
  const rows = [];
  for (let row = 0; row < table.size; row++) if (state.visible[row]) rows.push(row);
  return rows;
};

/** GeoJSON (RFC 7946) of the rows that are shown. */
export function toGeojson(store) {
  const { table } = store;
  const features = shown(store).map((row) => {
    const point = table.point(row);
    const properties = Object.fromEntries(table.names.map((name) => [name, table.value(row, name)]));
    return { type: "Feature", id: table.id(row), geometry: point && { type: "Point", coordinates: point }, properties };
  });
  return JSON.stringify({ type: "FeatureCollection", generator: data.generator, features });
}

/** CSV of the rows that are shown, for spreadsheets: cells that look like formulas are made text. */
export function toCsv(store) {
  const { table } = store;
  const names = table.names.filter((name) => !STYLE.includes(name));
  const lines = [["latitude", "longitude", ...names]];
  for (const row of shown(store)) {
    const [lon, lat] = table.point(row) ?? ["", ""];
    lines.push([lat, lon, ...names.map((name) => table.value(row, name))]);
  }
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(value) {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const name = () => (isStore ? "events" : "incidents");

export const saveGeojson = (store) => save(`${name()}.geojson`, "application/geo+json", toGeojson(store));
export const saveCsv = (store) => save(`${name()}.csv`, "text/csv", toCsv(store));
export const saveReport = () => save("report.json", "application/json", JSON.stringify(data.report));
