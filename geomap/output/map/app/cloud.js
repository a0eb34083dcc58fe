// Many incidents: counted in a grid of the screen and drawn on one canvas.

import { CATEGORIES } from "./table.js";

const CELL = 26;
const REACH = 2; // cells between the middles of two clusters
const KEYS = 2 ** 24;

/** Draw an archive; `choose(row)` opens one incident, `list(rows)` what cannot be told apart. Returns what it covers. */
export function drawCloud(map, store, { choose, list }) {
  const grid = createGrid(store.table, store.state);
  const canvas = document.createElement("canvas");
  canvas.className = "leaflet-zoom-hide";
  map.getPane("cloud").append(canvas);
  let drawn = [];
  const draw = () => {
    const painter = prepare(map, canvas);
    drawn = grid.clusters(map.getZoom()).map((one) => ({ ...one, at: onScreen(map, one) })).filter((one) => isNear(map, one.at));
    for (const one of drawn) paintCluster(painter, one);
    paintChosen(painter, map, store);
  };
  const hit = (point) => drawn.findLast((one) => Math.hypot(one.at.x - point.x, one.at.y - point.y) <= one.radius + 3);
  map.on("moveend zoomend resize", draw);
  store.on("filter", () => {
    grid.forget();
    draw();
  });
  store.on("select", draw);
  store.on("theme", draw);
  map.on("mousemove", (event) => {
    canvas.style.cursor = hit(event.containerPoint) ? "pointer" : "";
  });
  map.on("click", (event) => {
    const found = hit(event.containerPoint);
    if (!found) return;
    if (found.count === 1) choose(found.row);
    else if (found.tight || map.getZoom() >= 15) list(grid.members(found, map.getZoom()));
    else map.fitBounds(found.bounds, { padding: [60, 60], maxZoom: 15 });
  });
  return () => drawn.map(({ at, radius }) => ({ x: at.x - radius, y: at.y - radius, width: 2 * radius, height: 2 * radius }));
}

/** Points in Mercator from 0 to 1, and the clusters of a zoom, remembered until the filter changes. */
function createGrid(table, state) {
  const x = table.lon.map((lon) => (lon + 180) / 360);
  const y = table.lat.map((lat) => {
    const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  });
  const known = new Map();
  const keyOf = (row, scale) => Math.floor(x[row] * scale) * KEYS + Math.floor(y[row] * scale);
  const clusters = (zoom) => {
    if (!known.has(zoom)) {
      const scale = (256 * 2 ** zoom) / CELL;
      known.set(zoom, absorb(gather(table, state, x, y, (row) => keyOf(row, scale)), scale));
    }
    return known.get(zoom);
  };
  const members = (cluster, zoom) => {
    const scale = (256 * 2 ** zoom) / CELL;
    const rows = [];
    for (let row = 0; row < table.size; row++) if (state.visible[row] && cluster.keys.has(keyOf(row, scale))) rows.push(row);
    return rows;
  };
  return { clusters, members, forget: () => known.clear() };
}

/** Rows counted by the cell of the grid they fall into. */
function gather(table, state, x, y, keyOf) {
  const cells = new Map();
  for (let row = 0; row < table.size; row++) {
    if (!state.visible[row] || Number.isNaN(x[row])) continue;
    const key = keyOf(row);
    let cell = cells.get(key);
    if (!cell) cells.set(key, (cell = { key, row, count: 0, x: 0, y: 0, kinds: [0, 0, 0], low: [x[row], y[row]], high: [x[row], y[row]] }));
    cell.count++;
    cell.x += x[row];
    cell.y += y[row];
    cell.kinds[table.category[row]]++;
    cell.low = [Math.min(cell.low[0], x[row]), Math.min(cell.low[1], y[row])];
    cell.high = [Math.max(cell.high[0], x[row]), Math.max(cell.high[1], y[row])];
  }
  return [...cells.values()];
}

/** Let the largest cells take in those they would cover, so that no two clusters overlap. */
function absorb(cells, scale) {
  const at = new Map(cells.map((cell) => [cell.key, cell]));
  const found = [];
  for (const cell of cells.sort((a, b) => b.count - a.count)) {
    if (!at.has(cell.key)) continue;
    const whole = { ...cell, keys: new Set() };
    const [cx, cy] = [(cell.x / cell.count) * scale, (cell.y / cell.count) * scale];
    for (const key of around(cell.key)) {
      const other = at.get(key);
      if (!other || Math.hypot((other.x / other.count) * scale - cx, (other.y / other.count) * scale - cy) > REACH) continue;
      at.delete(key);
      whole.keys.add(key);
      if (other !== cell) merge(whole, other);
    }
    found.push(finish(whole, cell));
  }
  return found.sort((a, b) => a.count - b.count);
}

function* around(key) {
  for (let dx = -2; dx <= 2; dx++) for (let dy = -2; dy <= 2; dy++) yield key + dx * KEYS + dy;
}

function merge(whole, other) {
  whole.count += other.count;
  whole.kinds = whole.kinds.map((count, kind) => count + other.kinds[kind]);
  whole.low = whole.low.map((value, axis) => Math.min(value, other.low[axis]));
  whole.high = whole.high.map((value, axis) => Math.max(value, other.high[axis]));
}

/** A cluster stands where its largest cell does. */
function finish(whole, cell) {
  const { count, low, high } = whole;
  const radius = count === 1 ? 7 : Math.min(24, 9 + 1.5 * Math.log2(count));
  const bounds = L.latLngBounds(degrees(low), degrees(high));
  const tight = high[0] - low[0] + high[1] - low[1] < 1e-7;
  return { ...whole, x: cell.x / cell.count, y: cell.y / cell.count, radius, bounds, tight };
}

const degrees = ([x, y]) => [(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, x * 360 - 180];
const onScreen = (map, one) => map.latLngToContainerPoint(degrees([one.x, one.y]));

function isNear(map, at) {
  const { x, y } = map.getSize();
  return at.x > -x / 4 && at.y > -y / 4 && at.x < x * 1.25 && at.y < y * 1.25;
}

/** Size the canvas half a screen larger than the map, so that dragging shows no edge; returns what draws. */
function prepare(map, canvas) {
  const size = map.getSize();
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [size.x * 1.5, size.y * 1.5];
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([-size.x / 4, -size.y / 4]));
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.translate(size.x / 4, size.y / 4);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const style = getComputedStyle(document.documentElement);
  const css = (name) => style.getPropertyValue(name).trim();
  return { pen, panel: css("--panel"), ink: css("--ink"), colours: CATEGORIES.map((name) => css(`--${name}`)), accent: css("--accent") };
}

function paintCluster({ pen, panel, ink, colours }, one) {
  const { x, y } = one.at;
  if (one.count === 1) {
    shape(pen, CATEGORIES[one.kinds.indexOf(1)], x, y, one.radius);
    pen.fillStyle = colours[one.kinds.indexOf(1)];
    pen.fill();
    pen.strokeStyle = panel;
    pen.lineWidth = 1.5;
    pen.stroke();
    return;
  }
  pen.beginPath();
  pen.arc(x, y, one.radius, 0, 7);
  pen.fillStyle = panel;
  pen.fill();
  let from = -Math.PI / 2;
  one.kinds.forEach((count, kind) => {
    const to = from + (count / one.count) * 2 * Math.PI;
    pen.beginPath();
    pen.arc(x, y, one.radius - 2, from, to);
    pen.strokeStyle = colours[kind];
    pen.lineWidth = 4;
    if (count) pen.stroke();
    from = to;
  });
  pen.fillStyle = ink;
  pen.font = `600 ${one.count > 9999 ? 11 : 12}px system-ui, sans-serif`;
  pen.fillText(short(one.count), x, y + 0.5);
}

function shape(pen, category, x, y, r) {
  pen.beginPath();
  if (category === "base") pen.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else if (category === "attack") {
    pen.moveTo(x, y - r * 1.15);
    pen.lineTo(x + r * 1.15, y);
    pen.lineTo(x, y + r * 1.15);
    pen.lineTo(x - r * 1.15, y);
    pen.closePath();
  } else pen.arc(x, y, r, 0, 7);
}

function paintChosen({ pen, panel, colours, accent }, map, { table, state }) {
  const row = state.selected;
  if (row < 0 || Number.isNaN(table.lat[row])) return;
  const { x, y } = map.latLngToContainerPoint([table.lat[row], table.lon[row]]);
  shape(pen, CATEGORIES[table.category[row]], x, y, 9);
  pen.fillStyle = colours[table.category[row]];
  pen.fill();
  pen.strokeStyle = panel;
  pen.lineWidth = 5;
  pen.stroke();
  pen.strokeStyle = accent;
  pen.lineWidth = 2.5;
  pen.stroke();
}

const short = (count) => (count < 10000 ? String(count) : `${Math.round(count / 1000)}k`);
