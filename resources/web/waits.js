/**
 * Waiting for what is sold out: noted with a tap, also without a network; the shop keeps one and
 * says so as soon as it is back.  Her place is asked for while it is shown: it is in no row.
 *
 * @typedef {import("./client.js").Client} Client
 * @typedef {{client_id: string, n: number, state: string, pending: boolean, entry?: import("./outbox.js").Entry}} Wait
 *     `pending`: the shop has not heard of it
 */

import { fill, h } from "./dom.js";
import { get } from "./http.js";
import { reason, t } from "./i18n.js";

const LIVE = ["waiting", "offered"];
const FIRST_PAUSE_MS = 1000, LAST_PAUSE_MS = 60000;
/** What is being noted, so that a second tap does nothing. @type {Set<string>} */
const busy = new Set();
/** Places as they were last told, by `client_id`. @type {Object<string, number>} */
let places = {};

/** How the names of waits about one card or photo begin. @param {Client} client */
export function waitRoot(client, shown) {
  return `wait-${client.session.key("self")}-${shown}-`;
}

export function isWaiting(wait) {
  return Boolean(wait) && LIVE.includes(wait.state);
}

/** The newest wait for each thing, by what stands in its name. @returns {Map<string, Wait>} */
export function waitsOf(client, root) {
  const found = new Map();
  const note = (client_id, state, entry, pending = false) => {
    if (!client_id.startsWith(root)) return;
    const end = client_id.lastIndexOf("-");
    const key = client_id.slice(root.length, end), n = Number(client_id.slice(end + 1));
    if (!found.has(key) || found.get(key).n <= n) found.set(key, { client_id, n, state, entry, pending });
  };
  const rows = new Map(client.session.rows("waitlist").map((row) => [row.client_id, row.state || "waiting"]));
  for (const [client_id, state] of rows) note(client_id, state);
  for (const entry of client.outbox.entries) {
    const failed = entry.state === "failed";
    const state = rows.get(entry.client_id);
    if (entry.rev && state) continue; // an answered entry may stay for a while; the row knows more
    if (LIVE.includes(state) && entry.name === "waitlist.join") continue;
    if (entry.name === "waitlist.join") note(entry.client_id, failed ? "failed" : "waiting", failed ? entry : undefined, true);
    else if (entry.name === "waitlist.leave" && !failed) note(entry.client_id, "withdrawn");
  }
  return found;
}

/** What she left she takes again by its name, and keeps her place. @param {Object} about what is meant */
export async function join(client, root, key, about) {
  const before = waitsOf(client, root).get(key);
  if (isWaiting(before) || busy.has(root + key)) return;
  busy.add(root + key);
  try {
    if (before && before.entry) await client.outbox.remove(before.entry);
    const anew = before && !["withdrawn", "failed"].includes(before.state) ? 1 : 0;
    const client_id = `${root}${key}-${before ? before.n + anew : 0}`;
    await client.outbox.add("waitlist.join", Object.assign({ client_id }, about), { lane: "waits", client_id });
  } finally {
    busy.delete(root + key);
  }
}

/** @param {Client} client @param {Wait} wait */
export function leave(client, { client_id }) {
  return client.outbox.add("waitlist.leave", { client_id }, { lane: "waits", client_id });
}

/** What stands below the card of what is sold out, for as long as it is in the page. */
export function waitingFor(item, client) {
  const { variant_id, size, sizes } = item.card;
  if (!variant_id || !size || sizes.includes(size) || !(item.seq > 0)) return null;
  const root = waitRoot(client, item.id), key = size.replace(/[^ -~]+/g, encodeURIComponent);
  const place = h("div", { class: "keeping" });
  let was = "", shown = false;
  const draw = () => {
    const wait = waitsOf(client, root).get(key);
    const sign = JSON.stringify([wait, wait && places[wait.client_id]]);
    if (sign === was) return;
    const fresh = !was || JSON.stringify(JSON.parse(was)[0]) !== JSON.stringify(wait || null);
    was = sign;
    fill(place, ...look(client, wait, size, () => join(client, root, key, { message_id: item.id, size })));
    if (fresh && wait && wait.state === "waiting" && !wait.pending) {
      const { client_id } = wait;
      ask(client_id, () => place.isConnected && isWaiting(waitsOf(client, root).get(key)), draw);
    }
  };
  const forget = client.onChange(() => {
    shown = shown || place.isConnected;
    if (shown && !place.isConnected) forget();
    else draw();
  });
  draw();
  return place;
}

/**
 * Until there is an answer it says that she is noted, and no place.
 * @param {string} client_id @param {() => boolean} isShown @param {() => void} draw
 */
async function ask(client_id, isShown, draw) {
  for (let pause = FIRST_PAUSE_MS; pause <= LAST_PAUSE_MS; pause *= 2) {
    try {
      places = (await get("/api/waits")).places;
      draw();
      if (places[client_id]) return;
    } catch {
      // No line, or the relay is busy: once more.
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (!isShown()) return;
  }
}

function look(client, wait, what, act) {
  if (!isWaiting(wait)) {
    const entry = wait && wait.entry;
    return [entry && h("p", { class: "problem", role: "alert", text: reason(entry.code, entry.parameters) }),
      h("button", { class: "ask keep", type: "button", text: t("wait.ask"), "aria-label": `${t("wait.ask")}: ${what}`, onclick: act })].filter(Boolean);
  }
  if (wait.state === "offered") return [h("p", { class: "quiet kept", role: "status", text: t("wait.back", { what }) })];
  const place = wait.pending ? 0 : places[wait.client_id]; // the shop has not heard of it yet
  const key = !place ? "wait.listed" : place === 1 ? "wait.next" : "wait.place";
  return [h("p", { class: "quiet kept", role: "status", text: t(key, { what, n: place - 1 }) }),
    h("button", { class: "link", type: "button", text: t("wait.leave"), onclick: () => leave(client, wait) })];
}
