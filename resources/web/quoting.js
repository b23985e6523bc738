/** Answering one message: what is quoted above the composer, and the way back to it. */

import { h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { toast } from "./sheet.js";

const STEP = 40;
const FLASH_MS = 1600;
const ROUNDS = 200;
const PATIENCE_MS = 6000;

/**
 * @param {{who: string, text: string, photo?: {src?: string}}} quote
 * @param {() => void} drop
 */
export function strip(quote, drop) {
  const { src } = quote.photo || {};
  return h("div", { class: "answering", role: "status" }, src && h("img", { src, alt: "" }),
    h("p", { "aria-label": t("quote.label", quote) }, h("b", { text: quote.who }), h("span", { text: quote.text })),
    h("button", { class: "round", type: "button", "aria-label": t("quote.drop"), onclick: drop }, icon("close")));
}

/**
 * Show the message of that id, fetching older ones until it is there.
 * @param {import("./chat.js").Chat} chat
 * @param {number} id
 */
export async function jump(chat, id) {
  const { client } = chat;
  for (let round = 0; round < ROUNDS; round++) {
    const rows = client.messages();
    const place = rows.findIndex((row) => row.id === id);
    if (place >= 0) return show(chat, rows[place].client_id, rows.length - place);
    if (!client.hasOlder || client.phase !== "open") break;
    await older(client);
  }
  toast(t(client.phase === "open" ? "quote.not_found" : "page.offline"));
}

/** One more page; resolves once its rows are here. */
async function older(client) {
  const before = client.messages().length;
  let stop = () => {};
  const came = new Promise((resolve) => {
    stop = client.onChange(() => { if (client.messages().length > before || !client.hasOlder) resolve(); });
    setTimeout(resolve, PATIENCE_MS);
  });
  client.loadOlder();
  await came;
  stop();
}

function show(chat, key, fromEnd) {
  if (chat.limit < fromEnd) chat.limit = fromEnd + STEP;
  chat.stuck = false;
  chat.render();
  const { element } = chat.standing.get(key);
  element.scrollIntoView({ block: "center" });
  const body = element.querySelector(".bubble") || element;
  body.classList.remove("flash");
  void body.offsetWidth; // a second jump flashes again
  body.classList.add("flash");
  setTimeout(() => body.classList.remove("flash"), FLASH_MS);
  if (body.tabIndex >= 0) body.focus({ preventScroll: true });
}
