// Numbered pins of an article. Pins that would cover each other are moved aside, with a line to where they belong.

import { svg } from "./dom.js";
import { isArea, pin } from "./shapes.js";
import { CATEGORIES } from "./table.js";
import { t, windowText, word } from "./words.js";

const APART = 29;
const FURTHEST = 46;

/** Add a pin for every located row; returns what the labels must know about them. */
export function drawPins(map, store) {
  const { table, state } = store;
  const pins = new Map();
  for (let row = 0; row < table.size; row++) if (!Number.isNaN(table.lat[row])) pins.set(row, makePin(store, row));

  const refresh = () => {
    for (const [row, one] of pins) {
      if (state.visible[row]) one.marker.addTo(map);
      else one.marker.remove();
    }
    arrange(map, [...pins].filter(([row]) => state.visible[row]).map(([, one]) => one));
  };
  store.on("filter", refresh);
  map.on("zoomend", refresh);
  store.on("select", (chosen) => {
    for (const [row, one] of pins) {
      one.marker.getElement()?.classList.toggle("chosen", row === chosen);
      one.marker.setZIndexOffset(row === chosen ? 5000 : 0);
    }
  });
  return {
    element: (row) => pins.get(row)?.marker.getElement(),
    shift: (row) => pins.get(row)?.shift ?? [0, 0],
    surroundings: () => surroundings(map, store, pins),
  };
}

function makePin(store, row) {
  const { table } = store;
  const value = (name) => table.value(row, name);
  const mark = pin(CATEGORIES[table.category[row]], value("status"), String(value("number") ?? ""), isArea(value("precision")));
  const leader = svg("svg", { class: "leader", viewBox: "0 0 32 32", "aria-hidden": "true" }, svg("line", { x1: 16, y1: 16, x2: 16, y2: 16 }), svg("circle", { cx: 16, cy: 16, r: 2.6 }));
  const box = document.createElement("div");
  box.className = "pin-box";
  box.append(leader, mark);
  const icon = L.divIcon({ className: "pin-icon", html: box, iconSize: [32, 32], iconAnchor: [16, 16] });
  const marker = L.marker([table.lat[row], table.lon[row]], { icon, keyboard: true, riseOnHover: true });
  const choose = () => store.select(row, "pin");
  marker.on("click", choose);
  marker.on("add", () => {
    const element = marker.getElement();
    element.setAttribute("aria-label", nameOf(table, row));
    element.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose();
    };
  });
  return { marker, mark, leader, at: L.latLng(table.lat[row], table.lon[row]), shift: [0, 0] };
}

/** "3. Ain al-Asad Air Base, base attacked, 4 Mar 2024". */
export function nameOf(table, row) {
  const status = table.value(row, "status");
  const parts = [
    table.value(row, "place") ?? table.value(row, "place_as_written") ?? t("place.unknown"),
    t(`category.${CATEGORIES[table.category[row]]}`),
    status === "reported" ? "" : word("status", status),
    windowText(...daysOf(table, row)),
  ];
  return `${table.value(row, "number") ?? row + 1}. ${parts.filter(Boolean).join(t("list.comma"))}`;
}

/** The window of a row, null where an end is open. */
export function daysOf(table, row) {
  return [table.from[row], table.to[row]].map((day) => (Number.isNaN(day) ? null : day));
}

/** Push pins apart on the screen, a little each round, never far from where they belong. */
function arrange(map, pins) {
  const home = pins.map((one) => map.latLngToLayerPoint(one.at));
  const now = home.map((point, index) => {
    const turn = index * 2.4;
    return [point.x + Math.cos(turn) * 0.01, point.y + Math.sin(turn) * 0.01];
  });
  for (let round = 0; round < 24; round++) {
    let calm = true;
    for (let i = 0; i < now.length; i++) for (let j = 0; j < i; j++) if (part(now[i], now[j])) calm = false;
    if (calm) break;
  }
  pins.forEach((one, index) => {
    let dx = now[index][0] - home[index].x;
    let dy = now[index][1] - home[index].y;
    const far = Math.hypot(dx, dy);
    if (far > FURTHEST) [dx, dy] = [(dx / far) * FURTHEST, (dy / far) * FURTHEST];
    move(one, Math.round(dx), Math.round(dy));
  });
}

function part(a, b) {
  const dx = a[0] - b[0];
  const dy = a[1] - b[1];
  const far = Math.hypot(dx, dy);
  if (far >= APART) return false;
  const push = (APART + 0.5 - far) / 2 / (far || 1);
  a[0] += dx * push;
  a[1] += dy * push;
  b[0] -= dx * push;
  b[1] -= dy * push;
  return true;
}

function move(one, dx, dy) {
  one.shift = [dx, dy];
  one.mark.style.transform = `translate(${dx}px, ${dy}px)`;
  one.leader.firstChild.setAttribute("x2", 16 + dx);
  one.leader.firstChild.setAttribute("y2", 16 + dy);
  one.leader.style.visibility = Math.hypot(dx, dy) > 4 ? "visible" : "hidden";
}

/** Boxes of the pins on the screen, and the names of their places, each once. */
function surroundings(map, store, pins) {
  const names = new Map();
  const boxes = [];
  for (const [row, one] of pins) {
    if (!store.state.visible[row]) continue;
    const home = map.latLngToContainerPoint(one.at);
    const at = L.point(home.x + one.shift[0], home.y + one.shift[1]);
    boxes.push({ x: at.x - 15, y: at.y - 15, width: 30, height: 30 });
    const text = store.table.value(row, "place");
    if (!names.has(text)) names.set(text, { text, at, room: 18 });
  }
  return { boxes, names: [...names.values()] };
}
