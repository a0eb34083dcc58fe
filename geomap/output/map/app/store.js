// What is shown and what is chosen; everything else listens here.

import { limit } from "./facets.js";
import { CATEGORIES, daySpan } from "./table.js";

const SEARCHED = ["place", "title", "place_as_written", "source_sentence", "admin1", "actors", "targets", "weapons", "source_title", "outlets"];

/** Letters without case and accents. */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The page's one state. Events: "filter" (what is shown changed), "select" (row, origin), "layers", "theme". */
export function createStore(table, { facets = [], words: told = () => [] } = {}) {
  const listeners = {};
  const span = daySpan(table);
  const state = {
    query: "",
    hiddenKinds: new Set(),
    hiddenStatuses: new Set(),
    hiddenGrades: new Set(),
    range: span ? [...span] : null,
    selected: -1,
    visible: new Uint8Array(table.size).fill(1),
    shown: table.size,
    layers: { mentions: true, circles: true, arrows: true, tiles: false },
  };
  let haystack = null;

  const on = (event, action) => (listeners[event] ??= []).push(action);
  const emit = (event, ...details) => (listeners[event] ?? []).forEach((action) => action(...details));
  const text = (row) => plain([...SEARCHED.map((name) => table.value(row, name)), ...told(row)].filter(Boolean).join(" "));
  const prepareSearch = () => (haystack ??= Array.from({ length: table.size }, (_, row) => text(row)));

  /** Search anew in words that were not there before. */
  function searchAgain() {
    haystack = null;
    if (state.query) apply();
  }

  function fits(row, words, hiddenCategory, limits) {
    if (hiddenCategory[table.category[row]]) return false;
    if (!limits.every((allows) => allows(row))) return false;
    if (state.hiddenStatuses.size && state.hiddenStatuses.has(table.value(row, "status"))) return false;
    if (state.hiddenGrades.size && state.hiddenGrades.has(table.value(row, "grade"))) return false;
    if (span && !inRange(table, row, state.range)) return false;
    return words.every((word) => haystack[row].includes(word));
  }

  function apply() {
    const words = plain(state.query).split(/\s+/).filter(Boolean);
    if (words.length) prepareSearch();
    const hidden = CATEGORIES.map((name) => state.hiddenKinds.has(name));
    const limits = facets.map(limit).filter(Boolean);
    state.shown = 0;
    for (let row = 0; row < table.size; row++) {
      const fit = fits(row, words, hidden, limits);
      state.visible[row] = fit ? 1 : 0;
      if (fit) state.shown++;
    }
    if (state.selected >= 0 && !state.visible[state.selected]) select(-1);
    emit("filter");
  }

  function select(row, origin = "") {
    state.selected = row;
    emit("select", row, origin);
  }

  /** Choose the next row that is shown, or the one before. */
  function step(by) {
    if (!state.shown) return;
    let row = state.selected < 0 && by < 0 ? 0 : state.selected;
    do row = (row + by + table.size) % table.size;
    while (!state.visible[row]);
    select(row, "step");
  }

  const toggle = (set, name) => {
    if (!set.delete(name)) set.add(name);
    apply();
  };
  return { table, state, span, facets, searchAgain, on, emit, apply, select, step, toggle, prepareSearch };
}

/** Whether a row may have happened within the days; one without a date always may. */
export function inRange(table, row, [first, last]) {
  const from = table.from[row];
  const to = table.to[row];
  return !(from > last) && !(to < first);
}
