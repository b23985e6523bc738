/**
 * Photos of a campaign that show an article: a tap on one is a question about it, which the shop
 * hears once however often she taps, and she can go on asking in words.
 */

import { h } from "./dom.js";
import { t } from "./i18n.js";

const TAP = "photo.tap";
/** Told in this page. @type {Set<string>} */
const told = new Set();

/**
 * @param {import("./client.js").Client} client
 * @param {number} message_id
 * @param {import("./bubble.js").Picture} picture
 */
export async function tapped({ outbox }, message_id, picture) {
  const client_id = `tap-${message_id}-${picture.id}`;
  const taps = outbox.entries.filter((entry) => entry.name === TAP);
  // Nobody waits for what was refused.
  for (const entry of taps) if (entry.state === "failed") outbox.remove(entry);
  if (told.has(client_id) || taps.some((entry) => entry.client_id === client_id)) return;
  told.add(client_id);
  try {
    await outbox.add(TAP, { message_id, media_id: picture.id }, { lane: "taps", client_id });
  } catch (_) {
    told.delete(client_id); // storage is full or gone; the next tap counts
  }
}

/** What stands below a photo that shows an article. @param {() => void} act */
export function asking(act) {
  return h("button", { class: "ask", type: "button", text: t("card.ask"), onclick: act });
}
