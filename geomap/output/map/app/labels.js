// Names on the map: of the pins' own places first, then countries, provinces and towns by rank, none over another.

import { el } from "./dom.js";
import { basemap } from "./page.js";

const GAP = 4;

/** Keep the names of the view readable; `pins()` gives what must stay free and the names of the pins. */
export function drawLabels(map, pins) {
  const pane = map.getPane("names");
  pane.setAttribute("aria-hidden", "true");
  const size = measure();
  const draw = () => {
    const frame = map.getSize();
    const taken = [];
    const nodes = [];
    const { boxes, names } = pins();
    taken.push(...boxes);
    const put = (text, kind, at, sides) => {
      const [width, height] = size(text, kind);
      const box = place(at, width, height, sides, taken, frame);
      if (!box) return;
      taken.push(box);
      const node = el("span", { class: `name ${kind}`, dir: "auto" }, text);
      L.DomUtil.setPosition(node, map.containerPointToLayerPoint([box.x, box.y]));
      nodes.push(node);
    };
    for (const one of names) put(one.text, "own", one.at, around(one.room));
    for (const label of wanted(map)) {
      const sides = label.kind === "town" ? [[5, -0.5, 0], ...around(5)] : [[0, -0.5, -0.5]];
      put(label.text, label.kind, map.latLngToContainerPoint(label.at), sides);
      if (label.kind === "town" && nodes.at(-1)?.textContent === label.text) nodes.push(dot(map, label.at));
    }
    pane.replaceChildren(...nodes);
  };
  map.on("zoomstart", () => pane.classList.add("away"));
  map.on("zoomend moveend", () => {
    pane.classList.remove("away");
    draw();
  });
  return draw;
}

/** The labels of the view, the most important first. */
function wanted(map) {
  const bounds = map.getBounds();
  const zoom = map.getZoom();
  const found = [];
  for (const [text, lon, lat, kind, least] of basemap.labels) {
    if (zoom < least || (kind !== "town" && zoom > (kind === "country" ? 7 : 9))) continue;
    if (bounds.contains([lat, lon])) found.push({ text, at: [lat, lon], kind });
    if (found.length === 90) break;
  }
  return found;
}

function dot(map, at) {
  const node = el("span", { class: "dot" });
  L.DomUtil.setPosition(node, map.latLngToLayerPoint(at));
  return node;
}

/** Places for a name around a point: offset, and the share of its width and height that lies before it. */
const around = (room) => [
  [room, -0.5, 0],
  [-room, -0.5, -1],
  [0, 0, -0.5, room],
  [0, -1, -0.5, -room],
];

/** The first of the sides where a name of this size meets no other, or null. */
function place(at, width, height, sides, taken, frame) {
  for (const [dx, shareY, shareX, dy = 0] of sides) {
    const box = { x: at.x + dx + width * shareX, y: at.y + dy + height * shareY, width, height };
    const inside = box.x > 2 && box.y > 2 && box.x + width < frame.x - 2 && box.y + height < frame.y - 2;
    if (inside && !taken.some((other) => meet(box, other))) return box;
  }
  return null;
}

const meet = (a, b) =>
  a.x < b.x + b.width + GAP && b.x < a.x + a.width + GAP && a.y < b.y + b.height + 2 && b.y < a.y + a.height + 2;

/** A function that says how large a name is drawn, without asking the page to lay it out. */
function measure() {
  const pen = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;
  const fonts = { own: [`650 12.5px ${family}`, 15], country: [`12px ${family}`, 15], province: [`italic 11px ${family}`, 14], town: [`11px ${family}`, 14] };
  return (text, kind) => {
    const [font, height] = fonts[kind];
    pen.font = font;
    const shown = kind === "country" ? text.toUpperCase() : text;
    return [Math.ceil(pen.measureText(shown).width + (kind === "country" ? shown.length * 1.44 : 0)), height];
  };
}
