// The map itself: panes, limits, the first view.

import { el, narrow, still } from "./dom.js";
import { number, t } from "./words.js";

const PANES = { base: 150, raster: 160, areas: 350, arrows: 420, quiet: 450, names: 460, cloud: 480 };

/** Dress the map of the shell: panes in order, world limits, controls in the interface's language. */
export function prepareMap() {
  const map = window[document.querySelector(".folium-map").id];
  const frame = map.getContainer();
  for (const [name, order] of Object.entries(PANES)) {
    const pane = map.createPane(name);
    pane.style.zIndex = order;
    pane.style.pointerEvents = name === "cloud" || name === "quiet" ? "auto" : "none";
  }
  calm(map);
  map.setMaxBounds([[-86, -200], [86, 200]]);
  frame.setAttribute("aria-label", t("map.label"));
  frame.setAttribute("role", "region");
  L.control.zoom({ position: corner("top"), zoomInTitle: t("map.zoom_in"), zoomOutTitle: t("map.zoom_out") }).addTo(map);
  L.control.scale({ imperial: false, position: corner("bottom", true) }).addTo(map);
  return map;
}

/** A corner of the map at the end of its lines, or at their start. */
export function corner(edge, start = false) {
  const left = (document.documentElement.dir === "rtl") !== start;
  return `${edge}${left ? "left" : "right"}`;
}

/** The points and circles of some rows as bounds, or null where none has a point. */
export function boundsOf(table, rows) {
  const bounds = L.latLngBounds([]);
  for (const row of rows) {
    if (Number.isNaN(table.lat[row])) continue;
    const at = L.latLng(table.lat[row], table.lon[row]);
    const radius = table.value(row, "radius_m") ?? 0;
    bounds.extend(radius ? at.toBounds(2 * Math.min(radius, 150000)) : at);
  }
  return bounds.isValid() ? bounds : null;
}

/** Show everything, with room for the pins. */
export function fitAll(map, store) {
  const { table, state } = store;
  const every = Array.from({ length: table.size }, (_, row) => row);
  const shown = every.filter((row) => state.visible[row]);
  const bounds = boundsOf(table, shown) ?? boundsOf(table, every);
  const pad = narrow() ? 24 : 48;
  const legend = document.querySelector(".legend[open]")?.offsetWidth ?? 0;
  const beside = document.documentElement.dir === "rtl" ? [[pad + legend, pad], [pad, pad]] : [[pad, pad], [pad + legend, pad]];
  if (bounds) map.fitBounds(bounds, { paddingTopLeft: beside[0], paddingBottomRight: beside[1], maxZoom: 9, animate: false });
  else map.setView([25, 20], 2, { animate: false });
}

/** On paper the map shows all pins, whatever was looked at; afterwards the view is as it was. */
export function bindPrint(map, store) {
  let before = null;
  window.addEventListener("beforeprint", () => {
    before = [map.getCenter(), map.getZoom()];
    map.invalidateSize({ animate: false });
    fitAll(map, store);
  });
  window.addEventListener("afterprint", () => {
    map.invalidateSize({ animate: false });
    if (before) map.setView(...before, { animate: false });
  });
}

/** Bring a row into view: no jump where it is in view already, and no closer than its place is known. */
export function lookAt(map, table, row) {
  const at = L.latLng(table.lat[row], table.lon[row]);
  const radius = Math.max(table.value(row, "radius_m") ?? 0, 5000);
  const metres = 156543 * Math.cos((at.lat * Math.PI) / 180);
  const zoom = Math.max(map.getZoom(), Math.min(6, Math.floor(Math.log2((metres * 40) / radius))));
  if (zoom === map.getZoom() && map.getBounds().pad(-0.1).contains(at)) return;
  map.setView(at, zoom, { animate: !still() });
}

/** Readers who asked for no motion get none from Leaflet either: a card that needs room moves the map at once. */
function calm(map) {
  if (!still()) return;
  const pan = map.panBy;
  map.panBy = (by, options) => pan.call(map, by, { ...options, animate: false });
}

/** The line at the bottom: whose data this is. Text, not HTML. */
export function attribution(map, credits) {
  const box = el("div", { class: "attribution", dir: "auto" });
  const Control = L.Control.extend({ options: { position: corner("bottom") }, onAdd: () => box });
  map.addControl(new Control());
  const write = (extra = "") => {
    box.textContent = ["Leaflet", ...credits, extra].filter(Boolean).join(" · ");
  };
  write();
  return write;
}

/** Metres as people say them. */
export function distance(metres) {
  const km = metres / 1000;
  const shown = km < 10 ? Math.round(km * 10) / 10 : Math.round(km);
  return t("km", { km: number(shown) });
}
