// Doubt and cause: circles in metres, areas by their outlines, arrows from what was answered to the answer.

import { data } from "./page.js";
import { unpackLine } from "./codec.js";
import { CATEGORIES } from "./table.js";

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Draw circles, areas and arrows of what is shown; of an archive only those of the chosen row. */
export function drawOverlays(map, store, many) {
  const { table, state } = store;
  const areas = L.layerGroup().addTo(map);
  const arrows = L.layerGroup().addTo(map);
  const renderer = L.svg({ pane: "areas", padding: 0.5 });
  const links = many ? [] : causes(table);

  const draw = () => {
    areas.clearLayers();
    arrows.clearLayers();
    const rows = many ? [state.selected].filter((row) => row >= 0) : shownRows(store);
    const drawn = new Set();
    if (state.layers.circles) for (const row of rows) areaOf(table, row, renderer, state.selected, drawn)?.addTo(areas);
    if (state.layers.arrows) for (const [from, to] of links) {
      if (state.visible[from] && state.visible[to]) arrow(map, table, from, to).addTo(arrows);
    }
  };
  for (const event of ["filter", "select", "theme", "layers"]) store.on(event, draw);
}

const shownRows = ({ table, state }) => {
  const rows = [];
  for (let row = 0; row < table.size; row++) if (state.visible[row] && !Number.isNaN(table.lat[row])) rows.push(row);
  return rows;
};

/** The outline of a row's area where the page has it, else a circle of its radius; one each for the same place. */
function areaOf(table, row, renderer, selected, drawn) {
  const radius = table.value(row, "radius_m");
  const key = `${table.value(row, "gazetteer_id")} ${radius} ${table.category[row]}`;
  if (!radius || (drawn.has(key) && row !== selected)) return null;
  drawn.add(key);
  const color = css(`--${CATEGORIES[table.category[row]]}`);
  const style = { renderer, interactive: false, color, fillColor: color, className: "area" };
  const chosen = row === selected;
  const look = { weight: chosen ? 2 : 1.3, opacity: chosen ? 1 : 0.75, fillOpacity: chosen ? 0.16 : 0.08, dashArray: chosen ? null : "5 4" };
  const outline = data.areas?.[table.value(row, "gazetteer_id")];
  const precise = table.value(row, "precision");
  if (outline && (precise === "district" || precise === "province")) {
    const rings = outline.rings.map((ring) => unpackLine(ring, outline.scale));
    return L.polygon(rings, { ...style, ...look, fillRule: "evenodd", smoothFactor: 0.7 });
  }
  return L.circle([table.lat[row], table.lon[row]], { ...style, ...look, radius });
}

/** Pairs of rows: the cause, and what answered it. A cause may be an incident or a whole group. */
export function causes(table) {
  const pairs = [];
  for (let row = 0; row < table.size; row++) {
    const cause = table.value(row, "caused_by");
    if (!cause) continue;
    for (let other = 0; other < table.size; other++) {
      const named = table.id(other) === cause || table.value(other, "group") === cause;
      if (named && other !== row) pairs.push([other, row]);
    }
  }
  return pairs;
}

/** Whether the page has arrows to draw. */
export const hasCauses = (table, many) => !many && causes(table).length > 0;

/** A curved line with its head in the middle, so that no pin covers it. */
function arrow(map, table, from, to) {
  const place = (row) => [table.lat[row], table.lon[row]];
  if ([...place(from), ...place(to)].some(Number.isNaN)) return L.layerGroup();
  const [a, b] = [map.project(place(from), 10), map.project(place(to), 10)];
  const bend = L.point(-(b.y - a.y), b.x - a.x).multiplyBy(0.16);
  const middle = a.add(b).divideBy(2).add(bend);
  const at = (share) => {
    const [p, q, r] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
    return L.point(p * a.x + q * middle.x + r * b.x, p * a.y + q * middle.y + r * b.y);
  };
  const line = Array.from({ length: 33 }, (_, step) => map.unproject(at(step / 32), 10));
  const color = css("--cause");
  const path = L.polyline(line, { pane: "arrows", interactive: false, color, weight: 1.8, opacity: 0.9, className: "cause" });
  const turn = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
  return L.layerGroup([path, head(map.unproject(at(0.5), 10), turn)]);
}

function head(at, turn) {
  const box = document.createElement("div");
  box.className = "arrow-head";
  box.style.transform = `rotate(${turn.toFixed(1)}deg)`;
  const icon = L.divIcon({ className: "arrow-icon", html: box, iconSize: [14, 14], iconAnchor: [7, 7] });
  return L.marker(at, { icon, pane: "arrows", interactive: false, keyboard: false });
}
