/**
 * Asking the shop to keep an article that a card or a campaign's photo shows, in one size.  The
 * shop hears it twice: as words in the talk, which somebody answers, and as a hold that is asked
 * for.  A card knows its sizes; what a photo comes in is asked at the moment of the tap.
 *
 * @typedef {import("./client.js").Client} Client
 * @typedef {{variant_id: number, colour: string, colour_en: string, size: string, left: boolean, title: string, title_en: string}} Choice
 * @typedef {{n: number, state: "asked"|"confirmed"|"refused"|"over"|"failed", title: string, entry?: import("./outbox.js").Entry}} Wish
 *     `refused`: let go before it was kept; `over`: no longer kept
 * @typedef {{what: string, wish: Wish|undefined}} Told what stands below
 */

import { fill, h } from "./dom.js";
import { ApiError, get } from "./http.js";
import { language, reason, t } from "./i18n.js";
import { ask as question, sheet, toast } from "./sheet.js";
import { isWaiting, join, leave, waitRoot, waitsOf } from "./waits.js";

const OPEN = ["asked", "confirmed"];
/** How it is said that a wish stands so. */
const STANDS = { asked: "hold.asked_for", confirmed: "hold.kept_for", refused: "hold.not_kept" };
/** What a refusal means here; any other is told in its own words. */
const SORRY = { not_found: "hold.denied", "member.blocked": "hold.denied", "page.offline": "hold.offline" };
const LATE_MS = 8000;
/** What photos came in when it was last asked, for when nobody answers. @type {Map<string, Choice[]>} */
const known = new Map();
/** What is being chosen or written down, so that a second tap does nothing. @type {Set<string>} */
const busy = new Set();

/**
 * What stands below a card, for as long as it is in the page.
 * @param {import("./bubble.js").Item} item
 * @param {Client} client
 */
export function keeping(item, client) {
  const sizes = sizesOf(item.card);
  if (!sizes.length || !(item.seq > 0)) return null;
  const root = rootOf(client, item.id);
  return standing(client, root, (wishes) => {
    const told = sizes.map((size) => ({ what: size, wish: wishes.get(spelled(size)) }));
    const free = told.filter(({ wish }) => !isOpen(wish)).map(({ what }) => what);
    const act = async () => {
      const options = free.map((size) => ({ text: size, value: size }));
      const size = free.length > 1 ? await pick(t("hold.which"), options) : free[0];
      if (size) await ask(client, item, root, spelled(size), { size }, named(item.card, size));
    };
    return lines(told, free.length > 0 && button("ask keep", "hold.ask", () => alone(root, act)));
  });
}

/**
 * What stands below a campaign's photo that shows an article, else null.
 * @param {import("./bubble.js").Item} item
 * @param {import("./bubble.js").Picture} picture
 * @param {Client} client
 * @param {(act: () => void) => void} [first] what to do before she chooses
 */
export function keepingPhoto(item, picture, client, first = (act) => act()) {
  if (!picture.shows || !(item.seq > 0)) return null;
  const root = rootOf(client, `${item.id}.${picture.id}`);
  return standing(client, root, (wishes) => {
    const told = Array.from(wishes.values(), (wish) => ({ what: wish.title, wish }));
    const act = () => alone(root, () => wanted(client, item, picture, root));
    return lines(told, button("keep", "hold.one", () => first(act), picture.caption));
  });
}

/** Ask what it comes in, let her choose, write it down. */
async function wanted(client, item, picture, root) {
  const wishes = wishesOf(client, root);
  const isFree = ({ variant_id, left }) => left && !isOpen(wishes.get(String(variant_id)));
  const waits = waitRoot(client, `${item.id}.${picture.id}`);
  const listed = waitsOf(client, waits);
  const canWait = ({ variant_id, left }) => !left && !isWaiting(listed.get(String(variant_id)));
  const chosen = await choose(await choicesOf(item.id, picture.id), isFree, canWait);
  if (!chosen) return;
  const { colour, size, variant_id } = chosen;
  if (!chosen.left) {
    const wait = listed.get(String(variant_id)), what = titleOf(chosen);
    if (!canWait(chosen)) return question(t("wait.leave"), t("wait.leave_question", { what }), t("wait.leave"), () => leave(client, wait));
    await join(client, waits, String(variant_id), { message_id: item.id, media_id: picture.id, colour, size });
    return toast(t("wait.listed", { what }));
  }
  await ask(client, item, root, String(variant_id), { media_id: picture.id, colour, size }, titleOf(chosen), picture);
}

/** @returns {Promise<Choice[]>} rejects when nobody answers and it was never asked before */
async function choicesOf(message, media) {
  const key = `${message}.${media}`;
  const late = new Promise((_, reject) => setTimeout(reject, LATE_MS, new ApiError(0, "page.offline")));
  try {
    const { choices } = await Promise.race([get(`/api/choices?message=${message}&media=${media}`), late]);
    known.set(key, choices);
  } catch (error) {
    if (error.status || !known.has(key)) throw error;
  }
  return known.get(key);
}

/**
 * First the colour where there are several, then the size; what is the only one is not asked.
 * @param {Choice[]} choices
 * @param {(choice: Choice) => boolean} isFree
 * @param {(choice: Choice) => boolean} canWait sold out, and not noted yet
 */
async function choose(choices, isFree, canWait) {
  const colourOf = ({ colour, colour_en }) => (language === "en" && colour_en) || colour;
  const colours = Array.from(new Map(choices.map((one) => [one.colour, one])).values());
  let within = choices;
  if (colours.length > 1) {
    within = await pick(t("hold.which_colour"), colours.map((one) => {
      const same = choices.filter(({ colour }) => colour === one.colour);
      const free = same.some(isFree), left = same.some((each) => each.left);
      return Object.assign(option(colourOf(one), same, free, left), { off: left && !free });
    }));
    if (!within) return null;
  }
  if (within.length === 1 && isFree(within[0])) return within[0];
  return pick(t("hold.which"), within.map((one) => {
    const what = one.size || titleOf(one);
    if (one.left) return option(what, one, isFree(one), true);
    return { text: t(canWait(one) ? "wait.which" : "wait.already", { what }), value: one };
  }));
}

function option(text, value, isFree, left) {
  return { text: isFree ? text : `${text} · ${t(left ? "hold.already" : "card.sold_out")}`, value, off: !isFree };
}

/**
 * A choice from below.
 * @template Value
 * @param {Array<{text: string, value: Value, off?: boolean}>} options
 * @returns {Promise<Value|null>} null when she leaves it
 */
export async function pick(title, options) {
  let picked = null;
  const actions = options.map(({ text, value, off }) => ({ text, off, act: () => { picked = value; } }));
  await sheet(title, actions, h("p", { class: "question", text: title }));
  return picked;
}

/** One at a time; what goes wrong is said. */
async function alone(root, act) {
  if (busy.has(root)) return;
  busy.add(root);
  try {
    await act();
  } catch (error) {
    toast(sorry(error));
  } finally {
    busy.delete(root);
  }
}

/** Why it did not come to be. @param {{code?: string, parameters?: Object}} refusal an answer, or an entry */
function sorry({ code = "page.failed", parameters }) {
  return code in SORRY ? t(SORRY[code]) : reason(code, parameters);
}

/** Two taps, two tabs or a reload name the same wish, so that the shop hears it once. */
async function ask(client, item, root, key, about, title, photo) {
  const before = wishesOf(client, root).get(key);
  if (isOpen(before)) return;
  if (before && before.entry) await client.outbox.remove(before.entry);
  const n = before ? before.n + (before.entry ? 0 : 1) : 0;
  const client_id = `${root}${key}-${n}`;
  const body = Object.assign({ client_id, message_id: item.id }, about);
  await client.outbox.add("hold.ask", body, { lane: client.lane, client_id, text: title });
  await client.send(t("hold.words", { what: title }), [], item.id, photo && { photo });
}

// --- how wishes stand ---------------------------------------------------------------------

/** How the names of wishes about one card or photo begin. */
function rootOf(client, shown) {
  return `wish-${client.session.key("self")}-${shown}-`;
}

/** A size within such a name, in which only plain letters may stand. */
function spelled(size) {
  return size.replace(/[^ -~]+/g, encodeURIComponent);
}

/** The newest wish for each size, by what stands in its name. @returns {Map<string, Wish>} */
function wishesOf(client, root) {
  const found = new Map();
  const note = (client_id, wish) => {
    if (!client_id.startsWith(root)) return;
    const end = client_id.lastIndexOf("-");
    const key = client_id.slice(root.length, end);
    wish.n = Number(client_id.slice(end + 1));
    if (!found.has(key) || found.get(key).n <= wish.n) found.set(key, wish);
  };
  for (const entry of client.outbox.entries) {
    const failed = entry.state === "failed";
    if (entry.name === "hold.ask") note(entry.client_id, { state: failed ? "failed" : "asked", title: entry.text, entry: failed && entry });
  }
  for (const hold of client.session.rows("hold")) note(hold.client_id, { state: stateOf(hold), title: titleOf(hold) });
  return found;
}

function stateOf({ state = "asked", expires_at }) {
  return OPEN.includes(state) ? state : expires_at ? "over" : "refused";
}

function isOpen(wish) {
  return Boolean(wish) && OPEN.includes(wish.state);
}

function titleOf({ title, title_en }) {
  return (language === "en" && title_en) || title;
}

/** What is drawn anew whenever these wishes stand otherwise. @param {(wishes: Map<string, Wish>) => Node[]} look */
function standing(client, root, look) {
  const place = h("div", { class: "keeping" });
  let was = "", shown = false;
  const draw = () => {
    const wishes = wishesOf(client, root);
    const sign = JSON.stringify(Array.from(wishes.entries()));
    if (place.childElementCount && sign === was) return;
    was = sign;
    fill(place, ...look(wishes));
  };
  const leave = client.onChange(() => {
    shown = shown || place.isConnected;
    if (shown && !place.isConnected) leave();
    else draw();
  });
  draw();
  return place;
}

/** @param {Told[]} told @param {Node|false} more */
function lines(told, more) {
  const saying = Object.keys(STANDS).map((state) => {
    const whats = told.filter(({ wish }) => wish && wish.state === state).map(({ what }) => what);
    const kind = OPEN.includes(state) ? "quiet kept" : "quiet let-go";
    return whats.length > 0 && h("p", { class: kind, role: "status", text: t(STANDS[state], { what: whats.join(" · ") }) });
  });
  const failed = told.find(({ wish }) => wish && wish.entry);
  const problem = failed && h("p", { class: "problem", role: "alert", text: `${failed.what}: ${sorry(failed.wish.entry)}` });
  return [...saying, problem, more].filter(Boolean);
}

/** @param {() => Promise<void>|void} act it is dimmed meanwhile @param {string} [about] for screen readers, who do not see where it stands */
function button(kind, key, act, about) {
  const onclick = async ({ currentTarget }) => {
    currentTarget.setAttribute("aria-busy", "true");
    await act();
    currentTarget.removeAttribute("aria-busy");
  };
  return h("button", { class: kind, type: "button", "aria-label": about ? `${t(key)}: ${about}` : null, text: t(key), onclick });
}

// --- cards --------------------------------------------------------------------------------

/** Sizes of a card that can be asked for: those in stock, or the one it shows. */
function sizesOf(card) {
  if (!card.variant_id) return []; // which colour is not said
  return card.sizes.includes(card.size) ? [card.size, ...card.sizes.filter((one) => one !== card.size)] : card.sizes;
}

function named({ name, name_en, colour, colour_en }, size) {
  return (language === "en" ? [name_en || name, colour_en || colour, size] : [name, colour, size]).filter(Boolean).join(" · ");
}
