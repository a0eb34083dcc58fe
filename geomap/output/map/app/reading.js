// The article as read, with every place and every trigger marked where it stands.

import { data } from "./page.js";
import { el, still } from "./dom.js";
import { pieces, slicer } from "./quotes.js";
import { t, word } from "./words.js";

/** Fill the reading view; a click on a marked word chooses its incident. */
export function drawArticle(store, onMention) {
  const { report } = data;
  const { article, sentences } = report;
  const slice = slicer(article.text);
  const spans = [...mentionSpans(store), ...triggerSpans(store)];
  const dress = (text, over) => marked(text, over, store, onMention);
  const box = document.getElementById("article");
  box.append(el("p", { class: "key" }, el("mark", { class: "trigger" }, t("mark.trigger")), " ", el("mark", { class: "place" }, t("mark.place")), " ", el("span", { class: "quiet-mark" }, t("mark.mention"))));
  let block = null;
  sentences.forEach((sentence, index) => {
    const between = index ? slice(sentences[index - 1].end, sentence.start) : "\n";
    const zone = sentence.zone;
    if (between.includes("\n") || !block || block.dataset.zone !== zone) {
      block = el(zone === "headline" ? "h2" : "p", { class: `zone ${zone}`, "data-zone": zone, dir: "auto" });
      box.append(block);
    } else block.append(between);
    if (between.includes("\n") && between.trim()) block.before(el("p", { class: "zone", dir: "auto" }, between.trim()));
    const repeated = sentence.repeats !== null && sentence.repeats !== undefined;
    block.append(el("span", { class: `sentence${repeated ? " repeated" : ""}`, id: `sentence-${index}`, title: repeated ? t("reading.repeated") : null }, pieces(slice, sentence.start, sentence.end, spans, dress)));
  });
  store.on("select", (row) => highlight(store, row));
}

/** Rows by the number of the mention that names their place. */
function rowsOfMentions(store) {
  const rows = new Map();
  for (const incident of data.report.incidents) {
    for (const { mention } of incident.evidence) if (mention !== null) rows.set(mention, store.table.rowOf(incident.id));
  }
  return rows;
}

function mentionSpans(store) {
  const rows = rowsOfMentions(store);
  return data.report.mentions.map((mention, index) => ({ ...mention, index, name: "place", row: rows.get(index) ?? -1 }));
}

function triggerSpans(store) {
  const spans = [];
  for (const incident of data.report.incidents) {
    for (const { trigger } of incident.evidence) if (trigger) spans.push({ ...trigger, name: "trigger", row: store.table.rowOf(incident.id) });
  }
  for (const aggregate of data.report.aggregates) for (const { trigger } of aggregate.evidence) if (trigger) spans.push({ ...trigger, name: "trigger", row: -1 });
  return spans;
}

/** A marked word: a link to its incident, or a quiet mark with what is known of the mention. */
function marked(text, over, store, onMention) {
  const best = over.find((span) => span.row >= 0) ?? over[0];
  const hint = best.role ? word("role", best.role) : t("mark.trigger");
  if (best.row >= 0) {
    const go = (event) => {
      event.preventDefault();
      store.select(best.row, "article");
    };
    return el("a", { class: `mark ${best.name}`, href: `#id=${encodeURIComponent(store.table.id(best.row))}`, title: hint, "data-number": store.table.value(best.row, "number"), on: { click: go } }, text);
  }
  if (best.name === "trigger") return el("mark", { class: "trigger", title: t("tally.title") }, text);
  const open = (event) => {
    event.preventDefault();
    onMention(best.index);
  };
  return el("a", { class: `quiet-mark ${best.status}`, href: "#article", title: best.why_not ?? hint, on: { click: open } }, text);
}

/** Show where the article says it. */
export function scrollToSentence(index) {
  const node = document.getElementById(`sentence-${index}`);
  node?.scrollIntoView({ block: "center", behavior: still() ? "auto" : "smooth" });
  return node;
}

function highlight(store, row) {
  for (const old of document.querySelectorAll("#article .current")) old.classList.remove("current");
  if (row < 0) return;
  const incident = data.report.incidents.find((one) => one.id === store.table.id(row));
  for (const { sentence } of incident.evidence) document.getElementById(`sentence-${sentence}`)?.classList.add("current");
  if (incident.evidence.length && !document.getElementById("article").hidden) scrollToSentence(incident.evidence[0].sentence);
}
