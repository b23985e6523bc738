/**
 * One message as an element.  Draws what it is told; asks nothing and sends nothing.
 *
 * @typedef {{id: number, src: string, full: string, width: number, height: number, colour: string, caption?: string, shows?: number}} Picture
 *     `shows`: the article it shows
 * @typedef {{src: string, duration_ms: number, waveform: string}} Voice
 * @typedef {{src: string, poster: string, width: number, height: number, colour: string, duration_ms: number}} Video
 * @typedef {{id: number, who: string, text: string, gone: boolean}} Quote what a message answers
 * @typedef {Object} Item
 * @property {string} key stays the same for the message's whole life
 * @property {"day"|"message"|"recalled"|"system"} kind
 * @property {number} id of the relay's row, 0 before there is one
 * @property {number} seq 0 while the relay does not have it
 * @property {boolean} mine
 * @property {string} text
 * @property {Picture[]} pictures
 * @property {boolean} [strip] the pictures stand side by side
 * @property {Voice} [voice]
 * @property {Video} [video]
 * @property {Object} [card] an article, as the relay made it
 * @property {Quote|null} [quote]
 * @property {boolean} [automatic] nobody wrote it
 * @property {boolean} [campaign] written to many; `willing`: she wants such messages
 * @property {{id: number, title: string, valid_until: string}} [offer] what a campaign has some of
 * @property {Object} [question] that it asks; `alone`: its words are the question
 * @property {boolean} [cover] its first picture is above its words, the others below
 * @property {number} at
 * @property {"queued"|"sent"|"read"|"failed"|""} state of an own message
 * @property {number} [progress] 0..1 of its photos on their way up
 * @property {string} code why it failed
 * @property {Object} [parameters]
 * @property {boolean} first of a group by one side
 * @property {boolean} last of a group
 *
 * @typedef {Object} Actions
 * @property {(item: Item) => void} menu
 * @property {(item: Item, index: number) => void} photo
 * @property {(item: Item, asks?: boolean) => void} reply `asks`: to its question
 * @property {(id: number) => void} jump to the message of that id
 * @property {() => void} optOut no more messages to many
 * @property {import("./client.js").Client} client whom an offer asks how it stands
 */

import { h, icon, linked } from "./dom.js";
import { clock } from "./format.js";
import { reason, t } from "./i18n.js";
import { part } from "./lazy.js";

const LONE_WIDTH_PX = 276;
const LONE_HEIGHT_PX = 320;

const ASK_AGAIN_MS = 3000;
/** Draws what is special; fetched with the first message that is. */
let special = null;
let askedAt = 0;

/**
 * Whether a message can be drawn as it is meant; else that is fetched and `come` called.
 * @param {Item} item
 */
export function drawable(item, come) {
  const plain = !(item.quote || item.voice || item.video || item.card || item.strip || item.campaign);
  if (plain || special) return true;
  const now = Date.now();
  if (now - askedAt > ASK_AGAIN_MS) {
    askedAt = now;
    part("parts").then((parts) => { special = parts; come(); }, () => setTimeout(come, ASK_AGAIN_MS + 1));
  }
  return false;
}

/**
 * @param {Item} item
 * @param {Actions} on
 */
export function bubble(item, on) {
  if (item.kind !== "message") return h("li", { class: item.kind }, h("span", { text: item.text }));
  const side = item.mine ? "mine" : "theirs";
  const body = h("div", { class: "bubble", tabindex: "0" }, ...contents(item, on));
  pressable(body, () => on.menu(item));
  if (item.id) swipeable(body, () => on.reply(item));
  const line = h("li", { class: `message ${side}${item.last ? " last" : ""}${item.campaign ? " campaign" : ""}` },
    h("span", { class: "unseen", text: t(item.mine ? "chat.by_me" : "chat.by_shop") }), body);
  if (item.state === "failed") line.append(failure(item, on));
  else if (item.last || item.state === "queued") line.append(foot(item));
  return line;
}

function contents(item, on) {
  const parts = [];
  if (special) parts.push(...special.special(item, on));
  else if (!drawable(item, () => {})) parts.push(h("div", { class: "coming" }, h("span", { class: "spinner" })));
  if (item.pictures.length && !item.strip && !item.cover) parts.push(album(item, on));
  // An article and a cover show their words themselves, above what follows.
  if (item.text && !((item.card || item.cover) && special)) parts.push(h("div", { class: "text" }, linked(item.text)));
  if (item.campaign && special) parts.push(...special.closing(item, on));
  if (item.progress !== undefined) {
    parts.push(h("progress", { max: "1", value: String(item.progress), "aria-label": t("state.uploading") }));
  }
  return parts;
}

function album(item, on) {
  const { pictures } = item;
  const columns = pictures.length === 1 ? 1 : pictures.length === 2 || pictures.length === 4 ? 2 : 3;
  const tiles = pictures.map((picture, index) => {
    const name = picture.caption || t("photo.number", { n: index + 1 });
    const image = h("img", { src: picture.src, alt: name, loading: "lazy", draggable: "false" });
    const tile = h("button", { class: "photo", type: "button", "aria-label": t("photo.open", { n: picture.caption || index + 1 }),
      onclick: () => on.photo(item, index) }, image);
    image.addEventListener("error", () => tile.classList.add("missing"));
    image.addEventListener("load", () => tile.classList.add("here"));
    tile.style.backgroundColor = picture.colour;
    if (columns === 1) fit(tile, picture);
    const below = special && special.below(item, picture, on);
    return picture.caption || below ? h("figure", {}, tile, picture.caption && h("figcaption", { text: picture.caption }), below) : tile;
  });
  return h("div", { class: "album c" + columns }, ...tiles);
}

/** A lone photo keeps its shape, and its place before it has arrived. */
function fit(tile, { width, height }) {
  if (!width || !height) return;
  const scale = Math.min(LONE_WIDTH_PX / width, LONE_HEIGHT_PX / height);
  tile.style.width = Math.max(96, Math.round(width * scale)) + "px";
  tile.style.setProperty("--shape", String((height / width) * 100) + "%");
}

function foot(item) {
  const time = h("time", { datetime: new Date(item.at).toISOString(), text: clock(item.at) });
  if (!item.mine) return h("div", { class: "foot" }, item.automatic && h("span", { class: "auto", text: t("chat.automatic") }), time);
  const marks = { queued: "clock", sent: "tick", read: "ticks" };
  return h("div", { class: "foot " + item.state }, time, icon(marks[item.state]),
    h("span", { text: t("state." + item.state) }));
}

function failure(item, on) {
  return h("button", { class: "failure", type: "button", onclick: () => on.menu(item) }, icon("alert"),
    h("span", { text: reason(item.code, item.parameters) }), h("b", { text: t("chat.retry_or_remove") }));
}

const LONG_PRESS_MS = 450;
const STILL_PX = 10;

/** Long press, right click, or Enter on the focused bubble. */
function pressable(element, act) {
  let timer = 0;
  let from = null;
  const stop = () => { clearTimeout(timer); timer = 0; };
  element.addEventListener("contextmenu", (event) => { event.preventDefault(); stop(); act(); });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === element) act();
  });
  element.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") return;
    from = event;
    timer = setTimeout(() => { timer = 0; swallowClick(element); act(); }, LONG_PRESS_MS);
  });
  element.addEventListener("pointermove", (event) => {
    if (timer && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > STILL_PX) stop();
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) element.addEventListener(name, stop);
}

const SWIPE_PX = 56;

/** Drawn to the right with a finger: answer this one. */
function swipeable(element, act) {
  let from = null;
  let far = 0;
  const draw = (px) => { element.style.transform = px ? `translateX(${px}px)` : ""; };
  element.addEventListener("touchstart", (event) => {
    const scrolls = event.target.closest(".strip, .wave, video");
    from = event.touches.length === 1 && !scrolls ? event.touches[0] : null;
    far = 0;
  }, { passive: true });
  element.addEventListener("touchmove", (event) => {
    if (!from) return;
    const { clientX, clientY } = event.touches[0];
    const aside = Math.abs(clientY - from.clientY);
    if (!far && aside > STILL_PX) from = null; // she scrolls
    far = from && clientX - from.clientX > Math.max(STILL_PX, aside) ? Math.min(SWIPE_PX * 1.4, clientX - from.clientX) : 0;
    draw(far);
  }, { passive: true });
  for (const name of ["touchend", "touchcancel"]) element.addEventListener(name, () => {
    if (from && far >= SWIPE_PX && name === "touchend") act();
    from = null;
    draw(0);
  });
}

/** The finger that opened the menu must not also open the photo below it. */
function swallowClick(element) {
  const swallow = (event) => { event.stopPropagation(); event.preventDefault(); };
  element.addEventListener("click", swallow, { capture: true, once: true });
  const later = () => setTimeout(() => element.removeEventListener("click", swallow, { capture: true }), 50);
  window.addEventListener("pointerup", later, { once: true });
}

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

/** The average colour that a blurhash begins with, as a place for the photo to come. */
export function averageColour(hash) {
  if (!hash || hash.length < 6) return "";
  let value = 0;
  for (const digit of hash.slice(2, 6)) value = value * 83 + DIGITS.indexOf(digit);
  return "#" + value.toString(16).padStart(6, "0");
}
