// Search, kinds and statuses, and how many of all incidents they leave.

import { button, el } from "./dom.js";
import { drawChoices } from "./choices.js";
import { GRADES, gradeMark } from "./grades.js";
import { pin } from "./shapes.js";
import { CATEGORIES } from "./table.js";
import { number, t, word } from "./words.js";

/** Fill the filter bar and keep its counts true. */
export function drawFilters(store) {
  const { table, state } = store;
  const kinds = countBy(table.size, (row) => CATEGORIES[table.category[row]]);
  const statuses = countBy(table.size, (row) => table.value(row, "status"));
  const search = el("input", { type: "search", id: "search", placeholder: t("search"), "aria-label": t("search"), autocomplete: "off", dir: "auto" });
  let wait = null;
  search.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => setQuery(store, search.value), table.size > 2000 ? 180 : 0);
  });
  const chips = CATEGORIES.filter((name) => kinds.has(name)).map((name) =>
    chip(store, state.hiddenKinds, name, pin(name, "reported", ""), t(`category.${name}`), kinds.get(name)));
  const marks = [...statuses.keys()].map((name) => chip(store, state.hiddenStatuses, name, null, word("status", name), statuses.get(name)));
  const grades = countBy(table.size, (row) => table.value(row, "grade"));
  const degrees = GRADES.filter((name) => grades.has(name)).map((name) =>
    chip(store, state.hiddenGrades, name, gradeMark(name), t(`grade.${name}`), grades.get(name), t(`grade.${name}.note`)));
  const count = el("p", { id: "count", role: "status" });
  const groups = [
    chips.length > 1 && el("div", { class: "chips", role: "group", "aria-label": t("filter.kinds") }, chips.map((one) => one.node)),
    statuses.size > 1 && el("div", { class: "chips statuses", role: "group", "aria-label": t("filter.statuses") }, marks.map((one) => one.node)),
    degrees.length > 1 && el("div", { class: "chips statuses", role: "group", "aria-label": t("filter.grades") }, degrees.map((one) => one.node)),
    drawChoices(store),
  ];
  document.getElementById("filters").append(search, ...groups.filter(Boolean), count);
  const located = countRows(table, () => true);
  const refresh = () => {
    const on = countRows(table, (row) => state.visible[row]);
    count.textContent = state.shown === table.size ? t("count.all", { count: table.size, map: located }) : t("count.some", { count: state.shown, all: table.size, map: on });
    search.value = document.activeElement === search ? search.value : state.query;
    for (const one of [...chips, ...marks, ...degrees]) one.update();
  };
  store.on("filter", refresh);
}

function setQuery(store, text) {
  store.state.query = text;
  store.apply();
}

function chip(store, set, name, mark, text, count, title = null) {
  const node = button([mark, text, el("span", { class: "n" }, number(count))], () => store.toggle(set, name), { class: "chip", title });
  return { node, update: () => node.setAttribute("aria-pressed", !set.has(name)) };
}

function countBy(size, key) {
  const counts = new Map();
  for (let row = 0; row < size; row++) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
}

function countRows(table, fits) {
  let count = 0;
  for (let row = 0; row < table.size; row++) if (!Number.isNaN(table.lat[row]) && fits(row)) count++;
  return count;
}
