// The panel's head and tabs: whose article this is, and which side of it is shown.

import { data } from "./page.js";
import { button, el, httpUrl, link } from "./dom.js";
import { dayOf, dayText, t } from "./words.js";

/** Title, source and date of the article, or the title of the archive. */
export function drawHead() {
  const { heading } = data;
  const host = httpUrl(heading.url) ? new URL(heading.url).hostname.replace(/^www\./, "") : heading.url;
  const line = [
    heading.url && link(heading.url, host),
    heading.published_on && el("time", { datetime: heading.published_on }, dayText(dayOf(heading.published_on))),
    heading.articles && t("head.articles", { count: heading.articles }),
  ].filter(Boolean);
  document.getElementById("head").append(
    el("h1", { dir: "auto" }, heading.title ?? t("head.untitled")),
    el("p", { class: "source" }, line.flatMap((part, index) => [index ? " · " : "", el("bdi", {}, part)])),
  );
}

/** Two tabs, incidents and article; returns a function that shows one. */
export function drawTabs(store, onShow) {
  const names = data.report ? ["incidents", "article"] : ["incidents"];
  const bar = document.getElementById("tabs");
  const tabs = new Map();
  const show = (name, focus = false) => {
    for (const [other, tab] of tabs) {
      const chosen = other === name;
      tab.setAttribute("aria-selected", chosen);
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(other).hidden = !chosen;
      if (chosen && focus) tab.focus();
    }
    document.documentElement.dataset.tab = name;
    onShow(name);
  };
  names.forEach((name, index) => {
    const tab = button(t(`tab.${name}`), () => show(name), { role: "tab", id: `tab-${name}`, "aria-controls": name });
    tab.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      event.preventDefault();
      show(names[(index + 1) % names.length], true);
    });
    tabs.set(name, tab);
    const panel = document.getElementById(name);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `tab-${name}`);
    panel.tabIndex = 0;
  });
  bar.append(...tabs.values());
  bar.setAttribute("role", "tablist");
  bar.setAttribute("aria-label", t("tab.label"));
  if (names.length === 1) bar.hidden = true;
  show("incidents");
  return show;
}
