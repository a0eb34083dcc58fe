// The start: build the parts, bind them to one state, show what the address asks for.

import { data, loadPage } from "./page.js";
import { narrow } from "./dom.js";
import { bindAddress, copyAddress } from "./address.js";
import { drawBasemap } from "./basemap.js";
import { cardMaker } from "./card.js";
import { drawCloud } from "./cloud.js";
import { drawFilters } from "./filters.js";
import { bindKeys } from "./keys.js";
import { drawLabels } from "./labels.js";
import { drawList } from "./list.js";
import { drawMentions, mentionBoxes, quietMentions } from "./mentions.js";
import { drawOverlays, hasCauses } from "./overlays.js";
import { drawHead, drawTabs } from "./panel.js";
import { drawPins } from "./pins.js";
import { drawArticle, scrollToSentence } from "./reading.js";
import { listCard } from "./several.js";
import { createStage } from "./stage.js";
import { facetOf } from "./facets.js";
import { createStore } from "./store.js";
import { isStore, readTable } from "./table.js";
import { drawTimeline } from "./timeline.js";
import { createTold } from "./told.js";
import { drawFoot, drawLegend } from "./tools.js";
import { mentionCard } from "./trail.js";
import { attribution, bindPrint, fitAll, lookAt, prepareMap } from "./view.js";

const STORE_PINS = 60; // an archive is spread over the world: sooner than an article's, its pins cover each other

document.documentElement.classList.add("js");
await loadPage();
const table = readTable();
const told = isStore ? createTold(table) : null;
const facets = data.report ? [] : [facetOf(table, "country", "country_code"), facetOf(table, "actor", "actors", "; ")];
const store = createStore(table, { facets, words: told?.words });
const { state } = store;
const most = data.settings.max_dom_pins;
const many = table.size > (isStore ? Math.min(most, STORE_PINS) : most);
const map = prepareMap();
drawHead();
const showTab = drawTabs(store, () => store.emit("tab"));
const tab = () => document.documentElement.dataset.tab;
const address = bindAddress(map, store, { tab, showTab });
const { row: first, view } = address.restore();
const stage = createStage(map, () => store.select(-1));
const card = cardMaker(store, {
  close: () => store.select(-1),
  copy: copyAddress,
  go: (row) => store.select(row, "link"),
  read: (row) => readSentence(data.report.incidents.find((one) => one.id === table.id(row)).evidence[0].sentence),
  step: store.step,
}, told);
const help = bindKeys({
  j: ["help.next", () => store.step(1)],
  k: ["help.previous", () => store.step(-1)],
  "/": ["help.search", () => document.getElementById("search").focus()],
  a: ["help.article", () => data.report && showTab(tab() === "article" ? "incidents" : "article", true)],
  f: ["help.fit", () => fitAll(map, store)],
  "?": ["help.help", () => help.showModal()],
  Escape: ["help.close_card", () => store.select(-1)],
});
drawFoot(store, help);
drawFilters(store);
const list = drawList(store);
drawTimeline(store);
if (data.report) drawArticle(store, openMention);
map.invalidateSize({ animate: false });
const credit = attribution(map, data.credits);
const mentions = quietMentions();
drawLegend(map, store, { hasArrows: hasCauses(table, many), hasMentions: mentions.length > 0, hasAreas: table.size > 0, credit });
if (view) map.setView(view.centre, view.zoom, { animate: false });
else fitAll(map, store);

const paint = drawBasemap(map);
store.on("theme", paint);
drawOverlays(map, store, many);
drawMentions(map, store, mentions);
const pins = many ? null : drawPins(map, store);
const covered = many ? drawCloud(map, store, { choose: (row) => store.select(row, "pin"), list: openSeveral }) : () => [];
const labels = drawLabels(map, () => {
  const around = pins?.surroundings() ?? { boxes: covered(), names: [] };
  return state.layers.mentions ? { ...around, boxes: [...around.boxes, ...mentionBoxes(map, mentions)] } : around;
});

/** Open the card of a row at its pin, coming from the list, a pin, the text or a link. */
async function open(row, origin) {
  if (row < 0) return stage.close();
  const waiting = told?.wait(row);
  if (waiting) await waiting;
  if (state.selected !== row) return;
  const located = !Number.isNaN(table.lat[row]);
  if (located) lookAt(map, table, row);
  const from = origin === "pin" ? pins?.element(row) : list.button(row);
  stage.show(card(row), { at: located ? [table.lat[row], table.lon[row]] : null, shift: pins?.shift(row), from, focus: origin !== "article" });
  if (located && narrow()) map.panTo([table.lat[row], table.lon[row]], { animate: false });
}

function openMention(index) {
  const actions = { close: () => stage.close(), readSentence };
  const place = data.report.places.find((one) => one.id === data.report.mentions[index].place);
  const pinned = place && mentions.some((one) => one.place.id === place.id);
  if (state.selected >= 0) store.select(-1);
  stage.show(mentionCard(index, actions), { at: pinned ? [place.lat, place.lon] : null, from: document.activeElement });
}

function openSeveral(rows) {
  if (state.selected >= 0) store.select(-1);
  stage.show(listCard(store, rows, () => stage.close()), { at: [table.lat[rows[0]], table.lon[rows[0]]] });
}

function readSentence(sentence) {
  showTab("article");
  scrollToSentence(sentence);
}

store.on("select", open);
store.on("mention", openMention);
store.on("filter", labels);
store.on("layers", labels);
map.on("zoomend", () => state.selected >= 0 && stage.move(pins?.shift(state.selected) ?? [0, 0]));
new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
bindPrint(map, store);
store.apply();
address.start();
if (first >= 0) store.select(first, "address");
const idle = window.requestIdleCallback ?? setTimeout;
if (told) idle(() => told.all().then(store.searchAgain));
else if (many) idle(store.prepareSearch);
document.documentElement.dataset.ready = Math.round(performance.now()); // milliseconds since the page was opened
