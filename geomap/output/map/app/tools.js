// The page's own controls: layers and legend on the map; files, print, theme and help under the list.

import { data } from "./page.js";
import { announce, button, el } from "./dom.js";
import { copyAddress } from "./address.js";
import { tiles } from "./basemap.js";
import { saveCsv, saveGeojson, saveReport } from "./export.js";
import { pin } from "./shapes.js";
import { CATEGORIES } from "./table.js";
import { corner } from "./view.js";
import { t, word } from "./words.js";

/** The legend, with a switch for each layer that the page has. */
export function drawLegend(map, store, { hasArrows, hasMentions, hasAreas, credit }) {
  const { table, state } = store;
  const kinds = new Set(Array.from({ length: table.size }, (_, row) => CATEGORIES[table.category[row]]));
  const statuses = new Set(Array.from({ length: table.size }, (_, row) => table.value(row, "status")));
  const item = (mark, text) => el("li", {}, mark, el("span", {}, text));
  const details = el("details", { class: "legend" },
    el("summary", {}, t("legend")),
    el("ul", {},
      CATEGORIES.filter((name) => kinds.has(name)).map((name) => item(pin(name, "reported", ""), t(`category.${name}`))),
      [...statuses].filter((name) => name !== "reported").map((name) => item(pin("strike", name, ""), word("status", name)))),
    el("div", { class: "switches" },
      hasAreas && toggle(store, "circles", el("i", { class: "ring" })),
      hasArrows && toggle(store, "arrows", el("i", { class: "cause-line" })),
      hasMentions && toggle(store, "mentions", el("i", { class: "quiet-dot" })),
      data.settings.tiles_url && tileToggle(map, store, credit)),
    el("p", { class: "hint" }, t("map.note")));
  details.open = map.getSize().x > 800;
  const Control = L.Control.extend({ options: { position: corner("bottom") }, onAdd: () => details });
  map.addControl(new Control());
  L.DomEvent.disableClickPropagation(details).disableScrollPropagation(details);
  return state;
}

function toggle(store, name, mark) {
  const box = el("input", { type: "checkbox", checked: store.state.layers[name] });
  box.addEventListener("change", () => {
    store.state.layers[name] = box.checked;
    store.emit("layers");
  });
  store.on("layers", () => (box.checked = store.state.layers[name]));
  return el("label", {}, box, mark, el("span", {}, t(`layer.${name}`)));
}

/** Raster tiles are asked for by the reader, never by the page. */
function tileToggle(map, store, credit) {
  const { settings } = data;
  const stop = () => {
    layer.remove();
    box.checked = false;
    credit();
  };
  const layer = tiles(map, settings, () => {
    stop();
    announce(t("tiles.failed"));
  });
  const box = el("input", { type: "checkbox" });
  box.addEventListener("change", () => {
    if (!box.checked) return stop();
    layer.addTo(map);
    credit(settings.tiles_attribution);
  });
  return el("label", {}, box, el("i", { class: "tile-mark" }), el("span", {}, t("layer.tiles")));
}

/** Files, link, print, theme, help, and what the page was made with. */
export function drawFoot(store, help) {
  const { provenance, report } = data;
  const row = el("div", { class: "tools" },
    button("GeoJSON", () => saveGeojson(store), { title: t("tool.geojson") }),
    button("CSV", () => saveCsv(store), { title: t("tool.csv") }),
    report && button("JSON", saveReport, { title: t("tool.json") }),
    button(t("tool.link"), copyAddress),
    button(t("tool.print"), () => window.print()),
    themeButton(store),
    button(t("tool.help"), () => help.showModal()));
  document.getElementById("foot").append(row,
    el("p", { class: "made" }, t("made.warning")),
    el("p", { class: "made" }, [provenance.geomap, provenance.gazetteer, provenance.hash].filter(Boolean).flatMap((part, index) => [index ? " · " : "", el("bdi", {}, part)])));
}

function themeButton(store) {
  const root = document.documentElement;
  const dark = () => root.dataset.theme === "dark";
  const node = button("", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    name();
    store.emit("theme");
  });
  const name = () => (node.textContent = t(dark() ? "tool.light" : "tool.dark"));
  root.dataset.theme ||= matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  name();
  return node;
}
