// How an incident looks: shape and colour say what it is, the outline says how sure it is.

import { svg } from "./dom.js";

const OUTLINES = {
  strike: () => svg("circle", { cx: 16, cy: 16, r: 12 }),
  base: () => svg("rect", { x: 4.5, y: 4.5, width: 23, height: 23, rx: 4.5 }),
  attack: () => svg("path", { d: "M16 2.2 29.8 16 16 29.8 2.2 16Z", "stroke-linejoin": "round" }),
};

/** A pin with its number: `category` gives the shape, `status` and `area` the outline. */
export function pin(category, status, text, area = false) {
  const mark = svg("svg", { class: classes(category, status, area), viewBox: "0 0 32 32", "aria-hidden": "true", focusable: "false" });
  const halo = OUTLINES[category]();
  halo.setAttribute("class", "halo");
  const body = OUTLINES[category]();
  body.setAttribute("class", "body");
  mark.append(halo, body);
  if (area) {
    const ring = OUTLINES[category]();
    ring.setAttribute("class", "around");
    ring.setAttribute("transform", "translate(16 16) scale(1.28) translate(-16 -16)");
    mark.prepend(ring);
  }
  if (status === "denied") mark.append(svg("path", { class: "slash", d: "M3.5 28.5 10 22M22 10 28.5 3.5" }));
  if (text) mark.append(svg("text", { x: 16, y: 16, class: text.length > 2 ? "small" : null }, text));
  if (status === "intercepted") mark.append(badge());
  return mark;
}

function badge() {
  return svg("g", { class: "badge" }, svg("circle", { cx: 26, cy: 6, r: 5.5 }), svg("path", { d: "M23.8 3.8l4.4 4.4M28.2 3.8l-4.4 4.4" }));
}

const classes = (category, status, area) => `pin ${category} ${status}${area ? " area" : ""}`;

/** Whether a precision is an area rather than a point. */
export const isArea = (precision) => precision === "district" || precision === "province";
