// Land, coasts and borders, drawn from the page's own data; a graticule where few lines are left.

import { basemap } from "./page.js";
import { unpackLine } from "./codec.js";

const STYLES = {
  land: { fill: true, stroke: false, fillOpacity: 1, fillColor: "--land", fillRule: "nonzero" },
  frame: { fill: true, stroke: false, fillOpacity: 1, fillColor: "--sea", fillRule: "nonzero" },
  far: { color: "--border", weight: 0.7 },
  province: { color: "--province", weight: 0.8 },
  coast: { color: "--coast", weight: 0.9 },
  border: { color: "--border", weight: 1.2 },
  disputed: { color: "--border", weight: 1.2, dashArray: "4 4" },
};

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const lines = (part, name) => (part[name] ?? []).map((text) => unpackLine(text, part.scale));

/** Add the basemap; returns a function that repaints it when the colours change. */
export function drawBasemap(map) {
  const renderer = L.canvas({ pane: "base", padding: 0.5 });
  const options = { renderer, pane: "base", interactive: false, smoothFactor: 0.6 };
  const layers = [];
  const add = (name, shapes) => {
    if (!shapes.length) return;
    const style = { ...options, ...STYLES[name] };
    const layer = style.fill ? L.polygon(shapes.map((ring) => [ring]), style) : L.polyline(shapes, style);
    layers.push([name, layer.addTo(map)]);
  };
  const { world, cells } = basemap;
  add("land", lines(world, "land"));
  add("coast", lines(world, "land").flatMap((ring) => coasts(ring, [-179.9, -89.9, 179.9, 89.9])));
  add("far", lines(world, "border"));
  add("disputed", lines(world, "disputed"));
  add("frame", cells.map((cell) => corners(cell.frame)));
  add("land", cells.flatMap((cell) => lines(cell, "land")));
  add("province", cells.flatMap((cell) => lines(cell, "province")));
  add("coast", cells.flatMap((cell) => lines(cell, "land").flatMap((ring) => coasts(ring, cell.frame))));
  for (const name of ["border", "disputed"]) add(name, cells.flatMap((cell) => lines(cell, name)));
  const provinces = layers.find(([name]) => name === "province")?.[1];
  const near = () => provinces?.setStyle({ opacity: map.getZoom() < 5 ? 0 : 1 });
  map.on("zoomend", near);
  near();
  const grid = graticule(map, options);
  const paint = () => {
    for (const [name, layer] of [...layers, ["grid", grid]]) {
      const { color, fillColor } = STYLES[name] ?? { color: "--grid" };
      layer.setStyle({ ...(color && { color: css(color) }), ...(fillColor && { fillColor: css(fillColor) }) });
    }
  };
  paint();
  return paint;
}

const corners = ([west, south, east, north]) => [[south, west], [south, east], [north, east], [north, west]];

/** The parts of a land ring that are coast: all but those along the cut that ends a cell. */
function coasts(ring, [west, south, east, north]) {
  const cut = ([lat, lon]) => lon <= west || lon >= east || lat <= south || lat >= north;
  const found = [];
  let line = [];
  ring.forEach((point, index) => {
    const dry = cut(point);
    const along = index > 0 && dry && cut(ring[index - 1]);
    if (along) {
      found.push(line);
      line = [];
    }
    line.push(point);
  });
  return [...found, line].filter((one) => one.length > 1);
}

/** Meridians and parallels from the zoom at which borders get rare. */
function graticule(map, options) {
  const grid = L.polyline([], { ...options, weight: 0.7, dashArray: "1 5", noClip: true }).addTo(map);
  const draw = () => {
    const zoom = map.getZoom();
    const step = [1, 0.5, 0.5, 0.2, 0.1, 0.05, 0.02][Math.min(6, Math.max(0, zoom - 7))];
    grid.setLatLngs(zoom < 7 ? [] : net(map.getBounds().pad(0.5), step));
  };
  map.on("moveend", draw);
  return grid;
}

function net(bounds, step) {
  const found = [];
  const from = (value) => Math.floor(value / step);
  for (let i = from(bounds.getWest()); i * step < bounds.getEast(); i++) {
    found.push([[bounds.getSouth(), i * step], [bounds.getNorth(), i * step]]);
  }
  for (let i = from(bounds.getSouth()); i * step < bounds.getNorth(); i++) {
    found.push([[i * step, bounds.getWest()], [i * step, bounds.getEast()]]);
  }
  return found;
}

/** Raster tiles, only where the reader asks for them; after four failures back to the page's own map. */
export function tiles(map, settings, onFailure) {
  let failures = 0;
  const layer = L.tileLayer(settings.tiles_url, { pane: "raster", maxZoom: 18, minZoom: 2 });
  layer.on("tileerror", () => {
    if (++failures === 4) onFailure();
  });
  return layer;
}
