// The list beside the map: what is on it, what is not and why, and the tallies. Long lists grow as they are read.

import { data } from "./page.js";
import { button, el } from "./dom.js";
import { daysOf } from "./pins.js";
import { pieces, slicer } from "./quotes.js";
import { gradeBadge } from "./grades.js";
import { isArea, pin } from "./shapes.js";
import { CATEGORIES } from "./table.js";
import { number, t, windowText, word } from "./words.js";

const PAGE = 200;

/** Fill the list and keep it true. Returns where a row's button is. */
export function drawList(store) {
  const { table, state } = store;
  const located = el("ol", { class: "rows", id: "rows-located" });
  const others = el("ol", { class: "rows" });
  const title = el("h2", { class: "section" });
  const off = el("section", { class: "off", "aria-labelledby": "off-title" }, title, others);
  const empty = el("p", { class: "nothing" });
  const more = button("", () => grow());
  more.className = "more-rows";
  title.id = "off-title";
  document.getElementById("incidents").append(empty, located, more, off, ...notices());
  const nodes = new Map();
  let pinned = [];
  let limit = PAGE;

  const node = (row) => {
    if (!nodes.has(row)) nodes.set(row, rowNode(store, row));
    return nodes.get(row);
  };
  const fill = () => {
    located.replaceChildren(...pinned.slice(0, limit).map(node));
    more.hidden = pinned.length <= limit;
    more.textContent = t("list.more", { count: pinned.length - limit });
  };
  const grow = () => {
    limit += PAGE;
    fill();
  };
  const refresh = () => {
    pinned = [];
    const unpinned = [];
    for (let row = 0; row < table.size; row++) {
      if (state.visible[row]) (Number.isNaN(table.lat[row]) ? unpinned : pinned).push(row);
    }
    limit = PAGE;
    fill();
    others.replaceChildren(...unpinned.slice(0, PAGE).map(node));
    off.hidden = !unpinned.length;
    title.textContent = t("list.off_map", { count: unpinned.length });
    empty.hidden = state.shown > 0;
    empty.textContent = table.size ? t("list.none_fit") : t("list.none");
  };
  store.on("filter", refresh);
  store.on("select", (chosen, origin) => {
    for (const [row, one] of nodes) one.firstChild.setAttribute("aria-current", row === chosen);
    if (chosen >= 0 && origin !== "list") nodes.get(chosen)?.scrollIntoView({ block: "nearest" });
  });
  return { button: (row) => nodes.get(row)?.firstChild };
}

function rowNode(store, row) {
  const { table } = store;
  const value = (name) => table.value(row, name);
  const category = CATEGORIES[table.category[row]];
  const status = value("status");
  const name = value("place") ?? value("place_as_written") ?? t("place.unknown");
  const source = !data.report && (outletsOf(value("outlets")) ?? value("source_title"));
  const content = [
    pin(category, status, String(value("number") ?? ""), isArea(value("precision"))),
    el("span", { class: "body" },
      el("span", { class: "place", dir: "auto" }, name),
      el("span", { class: "meta" },
        el("span", {}, t(`category.${category}`)),
        status !== "reported" && el("span", { class: `tag ${status}` }, word("status", status)),
        el("span", {}, windowText(...daysOf(table, row)))),
      el("span", { class: "quote", dir: "auto" }, value("source_sentence") ?? ""),
      value("why_not_on_map") && el("span", { class: "why", dir: "auto" }, word("why", value("why_not_on_map"))),
      (source || value("grade")) && el("span", { class: "support" },
        value("grade") && gradeBadge(value("grade"), value("sources")),
        source && el("span", { class: "source", dir: "auto" }, source))),
  ];
  return el("li", {}, el("button", { type: "button", class: "row", on: { click: () => store.select(row, "list") } }, content));
}

const SHOWN_OUTLETS = 3;

/** The first outlets of an event, and how many more there are. */
function outletsOf(cell) {
  if (!cell) return null;
  const names = cell.split("; ");
  const more = names.length - SHOWN_OUTLETS;
  return names.slice(0, SHOWN_OUTLETS).join(t("list.comma")) + (more > 0 ? ` +${number(more)}` : "");
}

/** Tallies, warnings and what the page was made with. */
function notices() {
  const { report } = data;
  const parts = [];
  if (report?.aggregates.length) {
    parts.push(el("section", { class: "tallies" }, el("h2", { class: "section" }, t("tally.title")), el("p", { class: "hint" }, t("tally.hint")), report.aggregates.map(tally)));
  }
  const warnings = report?.warnings ?? [];
  if (warnings.length) {
    parts.push(el("section", { class: "warnings" }, el("h2", { class: "section" }, t("warnings.title")), el("ul", {}, warnings.map((text) => el("li", { dir: "auto" }, text)))));
  }
  return parts;
}

function tally(aggregate) {
  const { article, sentences } = data.report;
  const slice = slicer(article.text);
  const quotes = aggregate.evidence.slice(0, 1).map(({ sentence, trigger }) => {
    const { start, end } = sentences[sentence];
    return el("blockquote", { dir: "auto" }, pieces(slice, start, end, trigger ? [trigger] : [], (text) => el("mark", { class: "trigger" }, text)));
  });
  const head = [aggregate.count_as_written, aggregate.regions.join(t("list.comma"))].filter(Boolean).join(" · ");
  return el("div", { class: "tally" }, el("p", { class: "place", dir: "auto" }, head), quotes);
}
