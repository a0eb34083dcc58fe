// Who tells an event: every article with its own sentence, what it counts, and why it was put here.

import { el, httpUrl, link } from "./dom.js";
import { people } from "./people.js";
import { atSentence, quotation } from "./quotes.js";
import { dayOf, dayText, number, percent, t, windowText, word } from "./words.js";

const FOLDED_FROM = 5;
const ALWAYS_SHOWN = 3;

/** The list of an event's tellings; of many, the first few and the others folded. */
export function sourcesPart(tellings, count) {
  const shown = tellings.length < FOLDED_FROM ? tellings.length : ALWAYS_SHOWN;
  const rest = tellings.slice(shown);
  return el("section", { class: "sources", "aria-labelledby": "sources-title" },
    el("h3", { id: "sources-title" }, t("sources.title", { count })),
    el("ol", {}, tellings.slice(0, shown).map(entry)),
    rest.length > 0 && el("details", { class: "more" },
      el("summary", {}, t("sources.more", { count: rest.length })),
      el("ol", {}, rest.map(entry))));
}

/** How many people were hit, and who says what where the sources differ; null where they agree. */
export function numbers(value, tellings) {
  const found = ["killed", "injured"].map((name) => [name, people(value, name), claims(tellings, name)]).filter(([, text, said]) => text && said);
  if (!found.length) return null;
  return el("dl", { class: "numbers" }, found.map(([name, text, said]) => [el("dt", {}, t(`fact.${name}`)), el("dd", {}, text, said)]));
}

const outletOf = ({ value }) => value("outlet") ?? t("source.unknown");

/** One article: outlet and day, its title, its sentence, and what it says that the event does not. */
function entry(telling) {
  const { value } = telling;
  const sentence = value("source_sentence");
  const status = value("status");
  const days = value("published");
  return el("li", { class: "telling" },
    el("p", { class: "outlet" },
      el("strong", { dir: "auto" }, outletOf(telling)),
      days && el("time", { datetime: days }, dayText(dayOf(days))),
      status !== "reported" && el("span", { class: `badge status ${status}` }, word("status", status))),
    el("p", { class: "headline", dir: "auto" }, titleLink(value, sentence)),
    sentence && quotation(sentence, 0, span(value, "trigger"), span(value, "mention")),
    own(telling));
}

const span = (value, name) => (value(`${name}_at`) === null ? null : { start: value(`${name}_at`), end: value(`${name}_at`) + value(`${name}_length`) });

/** The title, leading to the sentence in the article where there is an address. */
function titleLink(value, sentence) {
  const url = httpUrl(value("source_url"));
  const title = value("source_title") ?? value("source_url");
  if (!title) return t("head.untitled");
  return link(url && sentence ? atSentence(url, sentence) : url, title);
}

/** What this article says for itself: numbers, speaker, and place or days where they are others than the event's. */
function own({ value, whole }) {
  const days = value("date_start") || value("date_end");
  const facts = [
    value("place") && [t("fact.where"), value("place")],
    days && [t("fact.when"), windowText(dayOf(whole("date_start")), dayOf(whole("date_end")))],
    value("category") && [t("fact.what"), t(`category.${value("category")}`)],
    people(value, "killed") && [t("fact.killed"), people(value, "killed")],
    people(value, "injured") && [t("fact.injured"), people(value, "injured")],
    value("attributed_to") && [t("fact.said_by"), [!["stated", "unknown"].includes(value("attribution")) && word("attribution", value("attribution")), value("attributed_to")].filter(Boolean).join(t("list.colon"))],
  ].filter(Boolean);
  if (!facts.length) return null;
  return el("p", { class: "own" }, facts.map(([name, text]) => el("span", {}, el("span", { class: "name-of" }, `${name}${t("list.colon")}`), el("bdi", {}, text))));
}

/** "at least 2: Outlet A, Outlet B" for each number that is given, where there are several. */
function claims(tellings, name) {
  const found = new Map();
  for (const telling of tellings) {
    const text = people(telling.value, name);
    if (!text) continue;
    if (!found.has(text)) found.set(text, { low: telling.value(`${name}_low`), outlets: new Set() });
    found.get(text).outlets.add(outletOf(telling));
  }
  if (found.size < 2) return null;
  const ordered = [...found].sort(([, a], [, b]) => a.low - b.low);
  return el("ul", { class: "claims" }, ordered.map(([text, { outlets }]) =>
    el("li", {}, el("b", {}, text), t("list.colon"), el("bdi", {}, [...outlets].join(t("list.comma"))))));
}

/** Why these are one event: the score of each, and what spoke for and against it. */
export function joinedPart(tellings) {
  const others = tellings.filter(({ first }) => !first);
  if (!others.length) return null;
  return el("details", { class: "trail joined" },
    el("summary", {}, t("joined.title")),
    others.map((telling) => [
      el("p", {}, el("bdi", { class: "who" }, outletOf(telling)), " ", how(telling.value)),
      el("ul", { class: "reasons" }, telling.reasons().map(([name, weight]) =>
        el("li", { class: weight < 0 ? "against" : "for" }, el("bdi", {}, word("reason", name)), isMatched(telling.value) && el("bdi", { dir: "ltr" }, signed(weight))))),
    ]));
}

function how(value) {
  return isMatched(value) ? t("joined.score", { score: percent(value("joined_score") ?? 0) }) : t("joined.by", { name: value("joined_by") });
}

/** Whether the machine joined it; else a person did, whose reason has no weight. */
const isMatched = (value) => (value("joined_by") ?? "matching") === "matching";

const signed = (weight) => `${weight < 0 ? "−" : "+"}${number(Math.abs(weight))}`;
