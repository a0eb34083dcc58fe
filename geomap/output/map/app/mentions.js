// Places that the article names without an incident there: quiet dots that can be switched off.

import { data } from "./page.js";
import { el } from "./dom.js";
import { word } from "./words.js";

/** The mentions to show: one for each place that has no incident and is no country. */
export function quietMentions() {
  const report = data.report;
  if (!report) return [];
  const places = new Map(report.places.map((place) => [place.id, place]));
  const busy = new Set(report.incidents.map((incident) => incident.place));
  const found = new Map();
  report.mentions.forEach((mention, index) => {
    const place = places.get(mention.place);
    if (!place || busy.has(place.id) || /^PCL|^CONT|^RGN/.test(place.feature_code) || found.has(place.id)) return;
    found.set(place.id, { index, mention, place });
  });
  return [...found.values()];
}

/** Draw them; a click says where the article names the place. */
export function drawMentions(map, store, found) {
  const layer = L.layerGroup();
  const renderer = L.canvas({ pane: "quiet", padding: 0.3 });
  const paint = () => {
    const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    layer.eachLayer((one) => one.setStyle({ color: css("--panel"), fillColor: css("--muted") }));
  };
  for (const one of found) {
    const marker = L.circleMarker([one.place.lat, one.place.lon], { renderer, radius: 5, weight: 1.5, fillOpacity: 0.85 });
    marker.bindTooltip(() => el("span", { dir: "auto" }, `${one.place.name} (${word("role", one.mention.role)})`), { direction: "top", offset: [0, -4] });
    marker.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      store.emit("mention", one.index);
    });
    layer.addLayer(marker);
  }
  const show = () => (store.state.layers.mentions ? layer.addTo(map) : layer.remove());
  store.on("layers", show);
  store.on("theme", paint);
  show();
  paint();
}

/** What the dots cover on the screen. */
export function mentionBoxes(map, found) {
  return found.map(({ place }) => {
    const { x, y } = map.latLngToContainerPoint([place.lat, place.lon]);
    return { x: x - 3, y: y - 3, width: 6, height: 6 };
  });
}
