/** What slides up from below: a choice of actions, a question, a word in passing. */

import { h } from "./dom.js";
import { layer } from "./layers.js";
import { t } from "./i18n.js";

const LIVE = "button:not(:disabled)";

/**
 * Offer actions; resolves when the sheet is gone.
 * @param {string} label what it is about, for screen readers
 * @param {Array<{text: string, act: () => void, danger?: boolean, off?: boolean}>} actions
 * @param {Node} [content] above the actions
 */
export function sheet(label, actions, content) {
  const before = /** @type {HTMLElement} */ (document.activeElement);
  if (shown) shown.remove(); // what was said before must not lie over it
  return new Promise((resolve) => {
    const back = () => { if (before && before.isConnected) before.focus({ preventScroll: true }); };
    const leave = layer(() => {
      if (backdrop.contains(document.activeElement)) back();
      backdrop.remove();
      resolve();
    });
    const close = () => { leave(); };
    // What is chosen happens within the tap, as a file picker needs it, and only once.
    const choose = (act) => () => { if (leave()) { back(); act(); } };
    const buttons = actions.map(({ text, act, danger, off }) =>
      h("button", { class: danger ? "danger" : "", type: "button", text, disabled: off, onclick: choose(act) }));
    const panel = h("div", { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": label },
      content, h("div", { class: "actions" }, ...buttons),
      h("button", { class: "cancel", type: "button", text: t("cancel"), onclick: close }));
    const backdrop = h("div", { class: "backdrop" }, panel);
    // Only a finger that came down beside the sheet closes it: not the one that opened it by staying.
    let beside = false;
    backdrop.addEventListener("pointerdown", (event) => { beside = event.target === backdrop; });
    backdrop.addEventListener("click", (event) => { if (beside && event.target === backdrop) close(); });
    backdrop.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      else if (event.key === "Tab") stayInside(event, panel);
    });
    document.body.append(backdrop);
    panel.querySelector(LIVE).focus({ preventScroll: true });
  });
}

/** Keep the focus in a dialog. */
function stayInside(event, panel) {
  const all = panel.querySelectorAll(LIVE + ", a, input");
  const edge = event.shiftKey ? all[0] : all[all.length - 1];
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? all[all.length - 1] : all[0]).focus();
}

/** A question with one way on. */
export function ask(title, text, yes, act) {
  const content = h("div", { class: "question" }, h("h2", { text: title }), h("p", { text }));
  return sheet(title, [{ text: yes, act, danger: true }], content);
}

let shown = null;

/** A sentence that passes by itself. */
export function toast(text) {
  if (shown) shown.remove();
  const word = (shown = h("div", { class: "toast", role: "status", text }));
  document.body.append(word);
  setTimeout(() => word.remove(), 3500);
}
