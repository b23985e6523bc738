/**
 * Asking the shop to keep an article that a card shows, in one size.  The shop hears it twice:
 * as words in the talk, which somebody answers, and as a hold that is asked for.
 *
 * @typedef {import("./client.js").Client} Client
 */

import { fill, h } from "./dom.js";
import { language, t } from "./i18n.js";
import { sheet } from "./sheet.js";

const OPEN = ["asked", "confirmed"];

/** Sizes of a card that can be asked for: those in stock, or the one it shows. */
function sizesOf(card) {
  if (!card.variant_id) return []; // which colour is not said
  return card.sizes.includes(card.size) ? [card.size, ...card.sizes.filter((one) => one !== card.size)] : card.sizes;
}

/**
 * What stands below a card, for as long as it is in the page.
 * @param {import("./bubble.js").Item} item
 * @param {Client} client
 */
export function keeping(item, client) {
  const sizes = sizesOf(item.card);
  if (!sizes.length || !(item.seq > 0)) return null;
  const place = h("div", { class: "keeping" });
  let was = "", shown = false;
  const draw = () => {
    const asked = sizes.filter((size) => standing(item.id, size, client)).join(" ");
    if (place.childElementCount && asked === was) return;
    was = asked;
    fill(place, ...lines(item, sizes, client));
  };
  const leave = client.onChange(() => {
    shown = shown || place.isConnected;
    if (shown && !place.isConnected) leave();
    else draw();
  });
  draw();
  return place;
}

function lines(item, sizes, client) {
  const asked = sizes.filter((size) => standing(item.id, size, client));
  const free = sizes.filter((size) => !asked.includes(size));
  return [
    asked.length > 0 && h("p", { class: "quiet kept", role: "status", text: t("hold.asked_for", { sizes: asked.join(" ") }) }),
    free.length > 0 && h("button", { class: "ask keep", type: "button", text: t("hold.ask"),
      onclick: () => (free.length > 1 ? choose(item, free, client) : ask(item, free[0], client)) }),
  ].filter(Boolean);
}

function choose(item, sizes, client) {
  sheet(t("hold.which"), sizes.map((size) => ({ text: size, act: () => ask(item, size, client) })),
    h("p", { class: "question", text: t("hold.which") }));
}

/** What stands or waits for that size of that card. */
function standing(message, size, client) {
  const stem = nameOf(message, size, client);
  const asked = client.outbox.entries.some((entry) => entry.name === "hold.ask" && entry.state !== "failed" && entry.client_id.startsWith(stem));
  return asked || holds(client, stem).some((hold) => OPEN.includes(hold.state || "asked"));
}

function holds(client, stem) {
  return client.session.rows("hold").filter((hold) => hold.client_id.startsWith(stem));
}

/** Two taps, two tabs or a reload name the same wish, so that the shop hears it once. */
function nameOf(message, size, client) {
  return `wish-${client.member.id}-${message}-${size}-`;
}

async function ask(item, size, client) {
  const stem = nameOf(item.id, size, client);
  if (standing(item.id, size, client)) return;
  const client_id = stem + holds(client, stem).length;
  await client.outbox.add("hold.ask", { client_id, message_id: item.id, size }, { lane: client.lane, client_id });
  const { name, name_en, colour, colour_en } = item.card;
  const words = language === "en" ? [name_en || name, colour_en || colour, size] : [name, colour, size];
  await client.send(t("hold.words", { what: words.filter(Boolean).join(" · ") }), [], item.id);
}
