// How well an event is supported: one source, several, several that contradict each other, or one that denies it.

import { el, svg } from "./dom.js";
import { t } from "./words.js";

export const GRADES = ["several", "single", "contested", "denied"];

const MARKS = {
  single: () => [svg("circle", { cx: 8, cy: 8, r: 3 })],
  several: () => [svg("circle", { cx: 4.5, cy: 10.5, r: 2.6 }), svg("circle", { cx: 11.5, cy: 10.5, r: 2.6 }), svg("circle", { cx: 8, cy: 4.5, r: 2.6 })],
  contested: () => [svg("circle", { cx: 4, cy: 8, r: 2.8 }), svg("circle", { class: "open", cx: 12, cy: 8, r: 2.3 })],
  denied: () => [svg("circle", { class: "open", cx: 8, cy: 8, r: 5 }), svg("path", { d: "M4.5 11.5 11.5 4.5" })],
};

/** A small sign for a grade: shape says it, not colour. */
export const gradeMark = (grade) => svg("svg", { class: "grade-mark", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" }, MARKS[grade]?.() ?? []);

/** The sign with its words: how many sources, and whether they contradict each other. */
export function gradeBadge(grade, sources) {
  const words = [t("sources.count", { count: sources }), ["contested", "denied"].includes(grade) && t(`grade.${grade}`)];
  return el("span", { class: `grade ${grade}`, title: t(`grade.${grade}.note`) }, gradeMark(grade), el("span", {}, words.filter(Boolean).join(t("list.comma"))));
}
