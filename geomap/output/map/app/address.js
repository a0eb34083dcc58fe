// The state of the page in its address, so that a link shows what its sender saw. Works on file:// too.

import { announce } from "./dom.js";
import { dayOf, isoOf, t } from "./words.js";

/** Keep the address true; returns what to do at the start. */
export function bindAddress(map, store, { tab, showTab }) {
  let ready = false;
  const write = () => {
    if (!ready) return;
    try {
      history.replaceState(null, "", `#${describe(map, store, tab())}`);
    } catch {
      // a frame may forbid it: the page works all the same
    }
  };
  for (const event of ["filter", "select", "layers", "tab"]) store.on(event, write);
  map.on("moveend", write);
  return {
    restore: () => restore(store, showTab, new URLSearchParams(location.hash.slice(1))),
    start: () => {
      ready = true;
      write();
    },
  };
}

function describe(map, { state, span, table, facets }, tab) {
  const centre = map.getCenter();
  const found = new URLSearchParams();
  found.set("v", [map.getZoom(), centre.lat.toFixed(3), centre.lng.toFixed(3)].join("/"));
  if (span && (state.range[0] !== span[0] || state.range[1] !== span[1])) found.set("t", state.range.map(isoOf).join(".."));
  const hidden = [...state.hiddenKinds, ...state.hiddenStatuses];
  if (hidden.length) found.set("off", hidden.join("."));
  if (state.hiddenGrades.size) found.set("grades", [...state.hiddenGrades].join("."));
  for (const { name, chosen } of facets) for (const value of chosen) found.append(name, value);
  const layers = Object.keys(state.layers).filter((name) => name !== "tiles" && !state.layers[name]);
  if (layers.length) found.set("hide", layers.join("."));
  if (state.query) found.set("q", state.query);
  if (tab === "article") found.set("tab", tab);
  if (document.documentElement.classList.contains("embed")) found.set("embed", "1");
  if (state.selected >= 0) found.set("id", table.id(state.selected));
  return found.toString().replaceAll("%2F", "/");
}

/** Set the state an address describes; returns the row and the view it names. What makes no sense is left out. */
function restore(store, showTab, found) {
  const { state, span, table, facets } = store;
  if (found.has("embed")) document.documentElement.classList.add("embed");
  const range = (found.get("t") ?? "").split("..").map(dayOf);
  if (span && range.length === 2 && range.every(Number.isFinite) && range[0] <= range[1]) {
    state.range = range.map((day) => Math.max(span[0], Math.min(span[1], day)));
  }
  for (const name of (found.get("off") ?? "").split(".").filter(Boolean)) {
    (["strike", "base", "attack"].includes(name) ? state.hiddenKinds : state.hiddenStatuses).add(name);
  }
  for (const name of (found.get("grades") ?? "").split(".").filter(Boolean)) state.hiddenGrades.add(name);
  for (const { name, chosen, counts } of facets) for (const value of found.getAll(name)) if (counts.has(value)) chosen.add(value);
  for (const name of (found.get("hide") ?? "").split(".")) if (name in state.layers) state.layers[name] = false;
  state.query = found.get("q") ?? "";
  if (found.get("tab") === "article") showTab("article");
  const row = table.rowOf(found.get("id"));
  const view = (found.get("v") ?? "").split("/").map(Number);
  const named = view.length === 3 && view.every(Number.isFinite);
  return { row, view: named ? { zoom: view[0], centre: [view[1], view[2]] } : null };
}

/** Copy the page's address. */
export async function copyAddress() {
  try {
    await navigator.clipboard.writeText(location.href);
    announce(t("copied"));
  } catch {
    window.prompt(t("copy.by_hand"), location.href);
  }
}
