// The article's own characters. Offsets count code points; the browser counts UTF-16 units.

import { el } from "./dom.js";
import { t } from "./words.js";

/** A function that gives the characters between two offsets of a text. */
export function slicer(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (start, end) => text.slice(start, end);
  const units = [];
  for (let unit = 0; unit < text.length; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) units.push(unit);
  units.push(text.length);
  return (start, end) => text.slice(units[start], units[Math.min(end, units.length - 1)]);
}

/** The text from `start` to `end` as nodes, cut wherever a span begins or ends; `wrap(node, spans)` dresses a piece. */
export function pieces(slice, start, end, spans, wrap) {
  const inside = spans.filter((span) => span.start < end && span.end > start);
  const cuts = new Set([start, end]);
  for (const span of inside) {
    cuts.add(Math.max(start, span.start));
    cuts.add(Math.min(end, span.end));
  }
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((from, index) => {
    const to = ordered[index + 1];
    const over = inside.filter((span) => span.start <= from && span.end >= to);
    const text = document.createTextNode(slice(from, to));
    return over.length ? wrap(text, over) : text;
  });
}

/** A sentence with what happened and where marked in it. */
export function quotation(sentence, start, trigger, place) {
  const spans = [];
  if (trigger) spans.push({ ...trigger, name: "trigger" });
  if (place) spans.push({ ...place, name: "place" });
  const slice = slicer(sentence);
  const end = start + [...sentence].length;
  const marked = pieces((a, b) => slice(a - start, b - start), start, end, spans, (text, over) => {
    const name = over.map((span) => span.name).includes("trigger") ? "trigger" : "place";
    return el("mark", { class: name, title: t(`mark.${name}`) }, text);
  });
  return el("blockquote", { dir: "auto" }, marked);
}

/** The address of the article, opened at a sentence where the browser can. */
export function atSentence(address, sentence) {
  const words = sentence.trim().split(/\s+/);
  const safe = (text) => encodeURIComponent(text).replace(/-/g, "%2D");
  const first = safe(words.slice(0, 6).join(" "));
  const last = words.length > 12 ? `,${safe(words.slice(-5).join(" "))}` : "";
  const whole = words.length > 12 ? first + last : safe(sentence.trim());
  return `${address.split("#")[0]}#:~:text=${whole}`;
}
