// How a place was found: what was written, what it was taken for, why, and what else it might be.

import { data } from "./page.js";
import { button, el } from "./dom.js";
import { pieces, slicer } from "./quotes.js";
import { country, number, percent, t, word } from "./words.js";

/** The trail of an incident's place and the rules by which the sentence was read. */
export function trail(incident) {
  const evidence = incident.evidence[0];
  const mention = data.report.mentions[evidence?.mention ?? -1];
  const rules = [...new Set(incident.evidence.flatMap((one) => one.rules))];
  if (!mention && !rules.length) return null;
  return el("details", { class: "trail" },
    el("summary", {}, mention?.status === "resolved" ? t("trail.title", { score: percent(mention.score) }) : t("trail.rules_title")),
    mention && steps(mention),
    rules.length > 0 && el("p", {}, t("trail.rules"), " ", el("bdi", {}, rules.join(t("list.comma")))));
}

/** From the words to the place, with reasons and alternatives. */
function steps(mention) {
  const place = data.report.places.find((one) => one.id === mention.place);
  return [
    el("p", {}, el("bdi", {}, `“${mention.text}”`), place ? " → " : " · ", el("bdi", {}, place ? place.name : word("mention", mention.status)),
      place && el("span", { class: "id" }, ` ${place.feature_code} · ${place.id}`)),
    mention.why_not && el("p", { dir: "auto" }, mention.why_not),
    el("ul", { class: "reasons" }, Object.entries(mention.reasons).map(([reason, weight]) =>
      el("li", { class: weight < 0 ? "against" : "for" }, el("bdi", {}, reason), el("bdi", { dir: "ltr" }, signed(weight))))),
    mention.alternatives.length > 0 && [el("p", {}, t("trail.alternatives")),
      el("ul", { class: "others" }, mention.alternatives.map(({ place: other, score }) =>
        el("li", {}, el("bdi", {}, [other.name, other.admin1, country(other.country_code)].filter(Boolean).join(t("list.comma"))), el("bdi", {}, percent(score)))))],
  ];
}

const signed = (weight) => `${weight < 0 ? "−" : "+"}${number(Math.abs(Math.round(weight * 100) / 100))}`;

/** The card of a mention that is no incident. */
export function mentionCard(index, actions) {
  const { report } = data;
  const mention = report.mentions[index];
  const place = report.places.find((one) => one.id === mention.place);
  const sentence = report.sentences[mention.sentence];
  const slice = slicer(report.article.text);
  const marked = pieces(slice, sentence.start, sentence.end, [mention], (text) => el("mark", { class: "place" }, text));
  return el("div", { class: "card" },
    el("header", {},
      el("div", {}, el("h2", { id: "card-title", dir: "auto" }, place?.name ?? mention.text), el("p", { class: "region" }, word("role", mention.role))),
      button("×", actions.close, { class: "close", "aria-label": t("card.close"), title: t("card.close") })),
    el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("card.details") },
      el("blockquote", { dir: "auto" }, marked),
      el("details", { class: "trail", open: true }, el("summary", {}, t("trail.title", { score: percent(mention.score) })), steps(mention))),
    el("footer", {}, button(t("card.read"), () => actions.readSentence(mention.sentence))));
}
