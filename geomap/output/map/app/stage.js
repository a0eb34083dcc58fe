// Where a card appears: at its pin, or as a sheet where there is no pin or no room. It takes the focus and gives it back.

import { narrow } from "./dom.js";

/** Cards over the map. `onClose` is told when the reader closes one. */
export function createStage(map, onClose) {
  const sheet = document.getElementById("sheet");
  let popup = null;
  let opener = null;
  let switching = false;

  function put(node, at, shift) {
    node.setAttribute("role", "dialog");
    node.setAttribute("aria-labelledby", "card-title");
    node.tabIndex = -1;
    if (at && !narrow()) {
      const height = Math.max(220, Math.min(500, map.getSize().y - 130));
      node.style.maxHeight = `${height}px`;
      popup = L.popup({ closeButton: false, minWidth: 360, maxWidth: 360, offset: [shift[0], shift[1] - 9], autoPanPadding: [18, 18], className: "card-popup", closeOnClick: false });
      popup.setLatLng(at).setContent(node).openOn(map);
    } else {
      sheet.replaceChildren(node);
      sheet.hidden = false;
    }
  }

  function clear() {
    switching = true;
    if (popup) map.closePopup(popup);
    popup = null;
    sheet.hidden = true;
    sheet.replaceChildren();
    switching = false;
  }

  /** Show a card; `from` is what gets the focus back, `focus` whether the card takes it. */
  function show(node, { at = null, shift = [0, 0], from = null, focus = true }) {
    clear();
    opener = from ?? opener;
    put(node, at, shift);
    if (focus) node.focus({ preventScroll: true });
  }

  /** Close what is open and give the focus back if it was inside. */
  function close() {
    const inside = document.activeElement?.closest(".card");
    clear();
    if (inside) opener?.focus({ preventScroll: true });
    opener = null;
  }

  map.on("popupclose", () => {
    if (!switching) onClose();
  });
  const move = (shift) => {
    if (!popup) return;
    popup.options.offset = [shift[0], shift[1] - 9];
    popup.update();
  };
  return { show, close, move, isOpen: () => popup !== null || !sheet.hidden };
}
