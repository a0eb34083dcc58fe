// What is known of one incident: the quoted sentence first, then who says what, then how its place was found.

import { data } from "./page.js";
import { button, el, httpUrl, link } from "./dom.js";
import { causes } from "./overlays.js";
import { daysOf } from "./pins.js";
import { atSentence, quotation } from "./quotes.js";
import { isArea, pin } from "./shapes.js";
import { CATEGORIES } from "./table.js";
import { trail } from "./trail.js";
import { distance } from "./view.js";
import { gradeBadge } from "./grades.js";
import { people } from "./people.js";
import { joinedPart, numbers, sourcesPart } from "./sources.js";
import { country, number, t, windowText, word } from "./words.js";

/** A function that makes the card of a row; `actions` are what its buttons do, `told` the tellings of a store. */
export function cardMaker(store, actions, told = null) {
  const { table } = store;
  const links = data.report ? causes(table) : [];
  const incidents = new Map((data.report?.incidents ?? []).map((incident) => [incident.id, incident]));
  return (row) => {
    const value = (name) => table.value(row, name);
    const incident = incidents.get(table.id(row));
    const tellings = told?.of(row) ?? [];
    return el("div", { class: "card" },
      heading(table, row, actions.close),
      el("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("card.details") },
        badges(table, row),
        told ? [numbers(value, tellings), sourcesPart(tellings, value("sources"))] : quote(value),
        more(incident),
        facts(table, row, [...relations(store, links, row, actions)]),
        incident && trail(incident, row),
        told && joinedPart(tellings),
      ),
      footer(store, row, actions),
    );
  };
}

/** The place as a title with its pin. */
function heading(table, row, close) {
  const value = (name) => table.value(row, name);
  const name = value("place") ?? value("place_as_written") ?? t("place.unknown");
  const region = [value("admin1"), country(value("country_code"))].filter((part) => part && part !== name);
  return el("header", {},
    pin(CATEGORIES[table.category[row]], value("status"), String(value("number") ?? ""), isArea(value("precision"))),
    el("div", {},
      el("h2", { id: "card-title", dir: "auto" }, name),
      region.length > 0 && el("p", { class: "region", dir: "auto" }, region.join(t("list.comma")))),
    button("×", close, { class: "close", "aria-label": t("card.close"), title: t("card.close") }));
}

function badges(table, row) {
  const value = (name) => table.value(row, name);
  const status = value("status");
  return el("p", { class: "badges" },
    el("span", { class: `badge ${CATEGORIES[table.category[row]]}` }, t(`category.${CATEGORIES[table.category[row]]}`)),
    status !== "reported" && el("span", { class: `badge status ${status}` }, word("status", status)),
    value("grade") && gradeBadge(value("grade"), value("sources")),
    el("span", { class: "when" }, windowText(...daysOf(table, row))));
}

/** The sentence that says so. */
function quote(value) {
  const sentence = value("source_sentence");
  if (!sentence) return null;
  const span = (start, end) => (value(start) === null ? null : { start: value(start), end: value(end) });
  return quotation(sentence, value("quote_start"), span("trigger_start", "trigger_end"), span("mention_start", "mention_end"));
}

/** Further sentences of the article that say so too. */
function more(incident) {
  const report = data.report;
  const others = [...new Set((incident?.evidence ?? []).slice(1).map((evidence) => evidence.sentence))];
  if (!others.length) return null;
  const slice = (sentence) => [...report.article.text].slice(sentence.start, sentence.end).join("");
  return el("details", { class: "more" },
    el("summary", {}, t("card.more_sentences", { count: others.length })),
    others.map((index) => el("blockquote", { dir: "auto" }, slice(report.sentences[index]))));
}

function facts(table, row, related) {
  const value = (name) => table.value(row, name);
  const rows = [
    ["fact.where", where(table, row)],
    ["fact.when", value("date_as_written") && t("as_written", { words: value("date_as_written") })],
    ["fact.what", word("event", value("sub_event_type"))],
    ["fact.who", value("actors")],
    ["fact.whom", value("targets")],
    ["fact.weapons", value("weapons")],
    ["fact.killed", people(value, "killed")],
    ["fact.injured", people(value, "injured")],
    ["fact.said_by", saidBy(value)],
    ["fact.off_map", value("why_not_on_map") && word("why", value("why_not_on_map"))],
    ["fact.coordinates", coordinates(table, row)],
    ["fact.article", !data.report && value("source_title") && link(value("source_url"), value("source_title"))],
    ...related,
  ];
  return el("dl", {}, rows.filter(([, text]) => text).map(([key, text]) => [el("dt", {}, t(key)), el("dd", { dir: "auto" }, text)]));
}

/** "near Qaim district · district, ±35 km". */
function where(table, row) {
  const value = (name) => table.value(row, name);
  if (!value("place")) return null;
  const written = value("place_as_written") ?? value("place");
  const radius = value("radius_m") ? `, ±${distance(value("radius_m"))}` : "";
  const relation = ["at", null].includes(value("relation")) ? "" : `${word("relation", value("relation"))} `;
  return `${relation}“${written}” · ${word("precision", value("precision"))}${radius}`;
}

function saidBy(value) {
  const attribution = value("attribution");
  if (!value("attributed_to") && ["stated", "unknown"].includes(attribution)) return null;
  return [word("attribution", attribution), value("attributed_to")].filter(Boolean).join(t("list.colon"));
}

function coordinates(table, row) {
  if (Number.isNaN(table.lat[row])) return null;
  return el("bdi", { dir: "ltr" }, `${table.lat[row].toFixed(4)}, ${table.lon[row].toFixed(4)}`);
}

/** Links to what this answers and to what answered it. */
function* relations(store, links, row, actions) {
  const to = (other) => button(`${store.table.value(other, "number")} ${store.table.value(other, "place") ?? ""}`, () => actions.go(other), { class: "jump" });
  const before = links.filter(([, answer]) => answer === row).map(([cause]) => to(cause));
  const after = links.filter(([cause]) => cause === row).map(([, answer]) => to(answer));
  if (before.length) yield ["fact.answers", el("span", {}, before)];
  if (after.length) yield ["fact.answered_by", el("span", {}, after)];
}

function footer({ table, state }, row, actions) {
  const url = httpUrl(table.value(row, "source_url"));
  const sentence = table.value(row, "source_sentence");
  return el("footer", {},
    data.report && button(t("card.read"), () => actions.read(row)),
    url && sentence && link(atSentence(url, sentence), t("card.source")),
    button(t("card.copy"), actions.copy, { title: t("tool.link") }),
    el("span", { class: "steps" },
      button("‹", () => actions.step(-1), { "aria-label": t("card.previous"), title: t("card.previous") }),
      el("bdi", { dir: "ltr" }, `${position(table, state, row)}`),
      button("›", () => actions.step(1), { "aria-label": t("card.next"), title: t("card.next") })));
}

function position(table, state, row) {
  let before = 0;
  for (let other = 0; other <= row; other++) before += state.visible[other];
  return `${number(before)} / ${number(state.shown)}`;
}
