// A card that lists incidents which stand at one and the same point.

import { button, el } from "./dom.js";
import { daysOf } from "./pins.js";
import { pin } from "./shapes.js";
import { CATEGORIES } from "./table.js";
import { t, windowText } from "./words.js";

const MOST = 100;

/** The card of several rows; each opens its own. */
export function listCard(store, rows, close) {
  const { table } = store;
  const one = (row) =>
    el("li", {}, el("button", { type: "button", class: "row", on: { click: () => store.select(row, "link") } },
      pin(CATEGORIES[table.category[row]], table.value(row, "status"), ""),
      el("span", { class: "body" },
        el("span", { class: "meta" }, windowText(...daysOf(table, row))),
        el("span", { class: "quote", dir: "auto" }, table.value(row, "source_sentence") ?? ""))));
  return el("div", { class: "card" },
    el("header", {},
      el("div", {}, el("h2", { id: "card-title", dir: "auto" }, table.value(rows[0], "place")), el("p", { class: "region" }, t("several", { count: rows.length }))),
      button("×", close, { class: "close", "aria-label": t("card.close"), title: t("card.close") })),
    el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("card.details") }, el("ol", { class: "rows" }, rows.slice(0, MOST).map(one))));
}
