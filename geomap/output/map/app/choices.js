// Lists to choose countries and actors from: searchable where they are long. Nothing chosen means everything.

import { button, el } from "./dom.js";
import { plain } from "./store.js";
import { country, number, t } from "./words.js";

const SEARCH_FROM = 9;
const MOST = 100;

/** A bar with a list for each facet that has something to choose. */
export function drawChoices(store) {
  const lists = store.facets.filter(({ counts }) => counts.size > 1).map((facet) => choice(store, facet));
  if (!lists.length) return null;
  const close = (except) => lists.forEach(({ node }) => node !== except && (node.open = false));
  document.addEventListener("click", (event) => close(event.target.closest?.("details.choice")));
  store.on("filter", () => lists.forEach((one) => one.update()));
  return el("div", { class: "choices" }, lists.map(({ node }) => node));
}

function choice(store, facet) {
  const title = t(`choice.${facet.name}`);
  const name = el("span", { class: "chosen-names", dir: "auto" });
  const rows = el("ul", {});
  const search = facet.counts.size >= SEARCH_FROM && el("input", { type: "search", placeholder: t("choice.search"), "aria-label": `${title}: ${t("choice.search")}`, autocomplete: "off", dir: "auto" });
  const all = button(t("choice.all"), () => change(store, facet, () => facet.chosen.clear()), { class: "all" });
  const node = el("details", { class: "choice" },
    el("summary", {}, el("span", { class: "title" }, title), name),
    el("div", { class: "choice-list", role: "group", "aria-label": title }, search, rows, all));
  const fill = () => rows.replaceChildren(...options(store, facet, search ? plain(search.value) : ""));
  if (search) search.addEventListener("input", fill);
  node.addEventListener("toggle", () => {
    if (!node.open) return;
    fill();
    if (search) search.focus({ preventScroll: true });
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !node.open) return;
    event.stopPropagation();
    node.open = false;
    node.firstChild.focus();
  });
  const update = () => {
    name.textContent = facet.chosen.size ? [...facet.chosen].map((value) => words(facet, value)).join(t("list.comma")) : t("choice.any");
    node.classList.toggle("active", facet.chosen.size > 0);
    all.hidden = !facet.chosen.size;
    for (const box of rows.querySelectorAll("input")) box.checked = facet.chosen.has(box.value);
  };
  return { node, update };
}

/** The boxes whose name has the letters that are looked for; those that are chosen stand first. */
function options(store, facet, query) {
  const found = [...facet.counts].filter(([value]) => plain(words(facet, value)).includes(query));
  const ordered = [...found.filter(([value]) => facet.chosen.has(value)), ...found.filter(([value]) => !facet.chosen.has(value))];
  const nodes = ordered.slice(0, MOST).map(([value, count]) => option(store, facet, value, count));
  if (found.length > MOST) nodes.push(el("li", { class: "rest" }, t("choice.more", { count: found.length - MOST })));
  if (!found.length) nodes.push(el("li", { class: "rest" }, t("choice.nothing")));
  return nodes;
}

function option(store, facet, value, count) {
  const box = el("input", { type: "checkbox", value, checked: facet.chosen.has(value) });
  box.addEventListener("change", () => change(store, facet, () => (box.checked ? facet.chosen.add(value) : facet.chosen.delete(value))));
  return el("li", {}, el("label", {}, box, el("span", { dir: "auto" }, words(facet, value)), el("span", { class: "n" }, number(count))));
}

function change(store, facet, action) {
  action();
  store.apply();
}

function words(facet, value) {
  if (value === "") return t(`choice.no_${facet.name}`);
  return facet.name === "country" ? country(value) : value;
}
