// When: a histogram of days and a range over it. What has no date is always shown, and said so.

import { button, el } from "./dom.js";
import { dayText, t } from "./words.js";

const MOST_BARS = 90;

/** Draw the timeline where the incidents span more than a day. */
export function drawTimeline(store) {
  const { table, span, state } = store;
  const box = document.getElementById("timeline");
  if (!span || span[0] === span[1]) return;
  box.hidden = false;
  box.setAttribute("aria-label", t("time.label"));
  const [first, last] = span;
  const width = Math.ceil((last - first + 1) / MOST_BARS);
  const bars = Array.from({ length: Math.ceil((last - first + 1) / width) }, (_, index) => bar(first + index * width, Math.min(last, first + (index + 1) * width - 1)));
  const texts = [el("output", { dir: "auto" }), el("output", { dir: "auto" })];
  const ends = ["time.from", "time.to"].map((key, end) => slider(store, key, end));
  const reset = button(t("time.all"), () => setRange(store, ...span), { class: "reset" });
  const dateless = countDateless(table);
  box.append(
    el("div", { class: "histogram", "aria-hidden": "true" }, bars.map((one) => one.node)),
    el("div", { class: "range", role: "group", "aria-label": t("time.label") }, ends),
    el("div", { class: "ends" }, texts[0], el("span", { class: "middle" }, dateless > 0 && el("span", { dir: document.documentElement.dir }, t("time.dateless", { count: dateless })), reset), texts[1]));
  const place = Math.max(last - first, 1);
  for (const one of bars) {
    one.node.style.left = `${(((one.from + one.to) / 2 - first) / place) * 100}%`;
    one.node.style.width = `min(${(((one.to - one.from + 1) / place) * 82).toFixed(2)}%, 28px)`;
  }
  const totals = counts(table, bars, () => true);
  const most = Math.max(...totals, 1);
  const refresh = () => {
    const now = counts(table, bars, (row) => state.visible[row]);
    bars.forEach((one, index) => {
      one.whole.style.height = `${(totals[index] / most) * 100}%`;
      one.part.style.height = `${(now[index] / most) * 100}%`;
    });
    texts.forEach((text, end) => (text.textContent = dayText(state.range[end])));
    ends.forEach((input, end) => {
      input.value = state.range[end];
      input.setAttribute("aria-valuetext", dayText(state.range[end]));
    });
    reset.hidden = state.range[0] === first && state.range[1] === last;
  };
  store.on("filter", refresh);
}

function bar(from, to) {
  const whole = el("i", { class: "whole" });
  const part = el("i", { class: "part" });
  return { from, to, whole, part, node: el("span", { title: from === to ? dayText(from) : `${dayText(from)} – ${dayText(to)}` }, whole, part) };
}

function slider(store, key, end) {
  const [first, last] = store.span;
  const input = el("input", { type: "range", min: first, max: last, step: 1, "aria-label": t(key) });
  input.addEventListener("input", () => {
    const range = [...store.state.range];
    range[end] = Number(input.value);
    if (range[0] > range[1]) range[1 - end] = range[end];
    setRange(store, ...range);
  });
  return input;
}

function setRange(store, from, to) {
  store.state.range = [from, to];
  store.apply();
}

/** How many rows may have happened in each bar; a window with one open end counts where its known end is. */
function counts(table, bars, fits) {
  const found = new Array(bars.length).fill(0);
  const first = bars[0].from;
  const width = bars[0].to - first + 1;
  const index = (day) => Math.max(0, Math.min(bars.length - 1, Math.floor((day - first) / width)));
  for (let row = 0; row < table.size; row++) {
    const known = [table.from[row], table.to[row]].filter((day) => !Number.isNaN(day));
    if (!known.length || !fits(row)) continue;
    for (let at = index(known[0]); at <= index(known.at(-1)); at++) found[at]++;
  }
  return found;
}

const countDateless = (table) => {
  let count = 0;
  for (let row = 0; row < table.size; row++) if (Number.isNaN(table.from[row]) && Number.isNaN(table.to[row])) count++;
  return count;
};

