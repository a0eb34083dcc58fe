// The keyboard: single keys that can be switched off, and a dialog that lists them.

import { el } from "./dom.js";
import { t } from "./words.js";

/** Bind keys to actions; returns the help dialog. `actions` maps a key to [message, action]. */
export function bindKeys(actions) {
  const active = el("input", { type: "checkbox", checked: true });
  const close = el("button", { type: "submit" }, t("help.close"));
  const dialog = el("dialog", { id: "help", "aria-labelledby": "help-title" },
    el("form", { method: "dialog" },
      el("h2", { id: "help-title" }, t("help.title")),
      el("dl", {}, Object.entries(actions).flatMap(([key, [message]]) => [el("dt", {}, el("kbd", {}, key === "Escape" ? "Esc" : key)), el("dd", {}, t(message))])),
      el("label", {}, active, el("span", {}, t("help.active"))),
      close));
  document.body.append(dialog);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input:not([type=checkbox]):not([type=range]), textarea, dialog *");
    if (event.ctrlKey || event.metaKey || event.altKey || (typing && event.key !== "Escape") || dialog.open) return;
    const found = actions[event.key];
    if (!found || (event.key !== "Escape" && !active.checked)) return;
    event.preventDefault();
    found[1]();
  });
  return dialog;
}
