/**
 * What a bubble may hold besides words and photos: a quote, a voice, a video, an article, photos
 * side by side, what closes a campaign.  Draws what it is told.
 */

import { fill, h, icon, linked } from "./dom.js";
import { length, money } from "./format.js";
import { language, t } from "./i18n.js";
import { keeping, keepingPhoto } from "./holds.js";
import { offer } from "./offers.js";
import { player } from "./player.js";
import { question } from "./questions.js";
import { toast } from "./sheet.js";
import { waitingFor } from "./waits.js";

const SVG = "http://www.w3.org/2000/svg";
const PLAY = "M8 5l11 7-11 7z";
const PAUSE = "M8 5v14M16 5v14";
const BARS = 32;
const STEP = 4;
const WAVE_HEIGHT = 28;
const SEEK_STEP = 0.1;
const COVER_WIDTH_PX = 300;
/** Height of a cover by its width: a lower or taller photo is cut. */
const COVER_SHAPE = { low: 0.56, tall: 1.25 };
/** Long side of the smaller rendition. */
const SMALL_PX = 480;
const VIDEO_WIDTH_PX = 240;
const VIDEO_HEIGHT_PX = 300;
/** Videos being watched, by message: drawing their bubble anew must not stop them. @type {Map<string, HTMLElement>} */
const watched = new Map();

/**
 * Everything special about a message, in the order in which it is read.
 * @param {import("./bubble.js").Item} item
 * @param {import("./bubble.js").Actions} on
 */
export function special(item, on) {
  return [
    item.quote && quote(item.quote, on),
    item.voice && voice(item),
    item.video && video(item),
    item.card && card(item, on),
    item.strip && strip(item, on),
    ...(item.cover ? covered(item, on) : []),
  ].filter(Boolean);
}

/** What stands below the words of a campaign: what it asks, what there is to get, and the way out. */
export function closing(item, on) {
  return [
    item.question && question(item, on),
    item.offer && offer(item.offer, on.client),
    item.willing ? h("button", { class: "link opt-out", type: "button", text: t("campaign.opt_out"), onclick: () => on.optOut() })
      : h("p", { class: "opt-out", text: t("campaign.opted_out") }),
  ].filter(Boolean);
}

/** A campaign's cover, its words, and the other photos in a row below. */
function covered(item, on) {
  const [first, ...others] = tiles(item, on);
  dress(first.querySelector(".photo"), item.pictures[0]);
  return [
    h("div", { class: "cover" }, first),
    item.text && h("div", { class: "text" }, linked(item.text)),
    others.length > 0 && row(others),
  ];
}

/** A cover keeps its photo's shape as far as that leaves room for words; dense screens get it sharp. */
function dress(tile, { width, height, src, full }) {
  if (!width || !height) return;
  const shape = Math.min(COVER_SHAPE.tall, Math.max(COVER_SHAPE.low, height / width));
  tile.style.setProperty("--shape", shape * 100 + "%");
  const small = Math.round(width * Math.min(1, SMALL_PX / Math.max(width, height)));
  if (small === width) return;
  const image = tile.querySelector("img");
  image.sizes = COVER_WIDTH_PX + "px";
  image.srcset = `${src} ${small}w, ${full} ${width}w`;
}

/** @param {{id: number, who: string, text: string, gone: boolean}} quoted */
function quote(quoted, on) {
  return h("button", { class: "quoted" + (quoted.gone ? " gone" : ""), type: "button",
    "aria-label": t("quote.label", { who: quoted.who, text: quoted.text }), onclick: () => on.jump(quoted.id) },
    quoted.who && h("b", { text: quoted.who }), h("span", { text: quoted.text }));
}

// --- voice --------------------------------------------------------------------------------

function voice(item) {
  const { src, duration_ms, waveform } = item.voice;
  const sound = { key: item.key, src, duration_ms };
  const toggle = h("button", { class: "play", type: "button", onclick: () => player.toggle(sound) });
  const time = h("span", { class: "length", text: length(duration_ms) });
  const rate = h("button", { class: "rate", type: "button", onclick: () => player.faster() });
  const wave = h("div", { class: "wave", role: "slider", tabindex: "0", "aria-label": t("voice.place"),
    "aria-valuemin": "0", "aria-valuemax": "100" }, bars(waveform, "all"), bars(waveform, "heard"));
  seekable(wave, sound);
  const box = h("div", { class: "voice", role: "group", "aria-label": t("voice.label", { time: length(duration_ms) }) },
    toggle, wave, time, rate);
  player.attach(box, item.key, (hearing) => paint({ toggle, time, rate, wave, duration_ms }, hearing));
  return box;
}

/** @param {import("./player.js").Hearing} hearing */
function paint({ toggle, time, rate, wave, duration_ms }, hearing) {
  const { playing, active, done, at_ms } = hearing;
  if (toggle.dataset.playing !== String(playing)) {
    toggle.dataset.playing = String(playing);
    fill(toggle, icon(playing ? PAUSE : PLAY));
    toggle.setAttribute("aria-label", t(playing ? "voice.pause" : "voice.play"));
  }
  time.textContent = length(active && at_ms > 0 ? at_ms : duration_ms);
  rate.textContent = hearing.rate + "×";
  rate.setAttribute("aria-label", t("voice.rate", { n: hearing.rate }));
  rate.hidden = !active;
  wave.lastChild.style.clipPath = `inset(0 ${(100 - done * 100).toFixed(1)}% 0 0)`;
  wave.setAttribute("aria-valuenow", String(Math.round(done * 100)));
}

/** Loudness as strokes. @param {string} waveform hexadecimal digits, "" when it is not known */
function bars(waveform, name) {
  const level = (n) => {
    const from = Math.floor((n * waveform.length) / BARS);
    const to = Math.max(from + 1, Math.floor(((n + 1) * waveform.length) / BARS));
    const digits = Array.from(waveform.slice(from, to), (digit) => parseInt(digit, 16) || 0);
    return Math.max(0, ...digits) / 15;
  };
  const strokes = Array.from({ length: BARS }, (_, n) => {
    const tall = 3 + (waveform ? level(n) : 0.25) * (WAVE_HEIGHT - 6);
    return `M${n * STEP + STEP / 2} ${(WAVE_HEIGHT - tall) / 2}v${tall}`;
  });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${BARS * STEP} ${WAVE_HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", name);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", strokes.join(""));
  svg.append(path);
  return svg;
}

/** A finger, or the arrow keys, choose the place to go on from. */
function seekable(wave, sound) {
  wave.addEventListener("click", (event) => {
    const { left, width } = wave.getBoundingClientRect();
    player.seek(sound, (event.clientX - left) / width);
  });
  wave.addEventListener("keydown", (event) => {
    const step = { ArrowRight: SEEK_STEP, ArrowLeft: -SEEK_STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    player.seek(sound, player.hearing(sound.key).done + step);
  });
}

// --- video --------------------------------------------------------------------------------

function video(item) {
  const kept = watched.get(item.key);
  if (kept && kept.dataset.src === item.video.src) return kept;
  watched.delete(item.key);
  const { src, poster, width, height, colour, duration_ms } = item.video;
  const picture = poster && h("img", { src: poster, alt: "", loading: "lazy", draggable: "false" });
  const box = h("div", { class: "clip" }, picture);
  const start = h("button", { class: "start", type: "button", "aria-label": t("video.play", { time: length(duration_ms) }),
    onclick: () => watch(item.key, box, item.video) }, h("i", {}, icon(PLAY)), duration_ms > 0 && h("span", { text: length(duration_ms) }));
  box.append(start);
  box.dataset.src = src;
  box.style.backgroundColor = colour;
  shape(box, width, height, item.campaign);
  return box;
}

/** The place it takes, before it is there. */
function shape(box, width, height, whole) {
  const [wide, high] = width && height ? [width, height] : [4, 3];
  if (whole) { // as wide as the words below it, and no taller than a cover
    box.style.setProperty("--shape", Math.min(COVER_SHAPE.tall, high / wide) * 100 + "%");
    return;
  }
  const scale = Math.min(VIDEO_WIDTH_PX / wide, VIDEO_HEIGHT_PX / high);
  box.style.width = Math.max(140, Math.round(wide * scale)) + "px";
  box.style.setProperty("--shape", (high / wide) * 100 + "%");
}

function watch(key, box, { src, poster }) {
  player.pause();
  const film = h("video", { src, poster: poster || null, controls: true, playsinline: true, preload: "auto" });
  film.addEventListener("play", () => {
    player.pause();
    for (const other of document.querySelectorAll("video")) if (other !== film) other.pause();
  });
  film.addEventListener("error", () => toast(t("video.unplayable")));
  fill(box, film);
  watched.set(key, box);
  film.play().catch(() => {}); // then its own controls are there
  film.focus({ preventScroll: true });
}

// --- articles and photos side by side -------------------------------------------------------

function card(item, on) {
  const { name, name_en, colour, colour_en, size, price, promo_price, picture, sizes } = item.card;
  const english = language === "en";
  const title = [(english && name_en) || name, (english && colour_en) || colour, size].filter(Boolean).join(" · ");
  const lower = promo_price !== null && promo_price !== undefined && promo_price < price;
  const shown = picture && h("div", { class: "shown" }, h("i", {}), h("img", { src: picture, alt: "", draggable: "false" }));
  if (shown) {
    shown.firstChild.style.backgroundImage = `url("${encodeURI(picture)}")`; // its ground on both sides
    shown.lastChild.addEventListener("error", () => shown.remove());
  }
  return h("section", { class: "card", "aria-label": title },
    shown,
    h("div", { class: "about" }, h("b", { text: title }),
      h("p", { class: "price" }, h("strong", { class: lower ? "lower" : "", text: money(lower ? promo_price : price) }),
        lower && h("s", { "aria-label": t("card.was", { price: money(price) }), text: money(price) })),
      sizes.length ? h("p", { class: "sizes", "aria-label": t("card.sizes", { sizes: sizes.join(" ") }) },
        ...sizes.map((one) => h("span", { text: one }))) : !size && h("p", { class: "quiet", text: t("card.sold_out") })),
    item.text && h("div", { class: "text" }, linked(item.text)),
    item.seq > 0 && h("button", { class: "ask", type: "button", text: t("card.ask"), onclick: () => on.reply(item) }),
    keeping(item, on.client), waitingFor(item, on.client));
}

function strip(item, on) {
  return row(tiles(item, on));
}

/** What she can do about the article that a photo shows. */
export function below(item, picture, on) {
  return keepingPhoto(item, picture, on.client);
}

function row(figures) {
  return h("div", { class: "strip", role: "group", tabindex: "0", "aria-label": t("photo.count", { n: figures.length }) }, ...figures);
}

function tiles(item, on) {
  return item.pictures.map((picture, index) => {
    const name = picture.caption || t("photo.number", { n: index + 1 });
    const image = h("img", { src: picture.src, alt: name, draggable: "false" });
    const tile = h("button", { class: "photo", type: "button", "aria-label": t("photo.open", { n: picture.caption || index + 1 }),
      onclick: () => on.photo(item, index) }, image);
    image.addEventListener("error", () => tile.classList.add("missing"));
    image.addEventListener("load", () => tile.classList.add("here"));
    tile.style.backgroundColor = picture.colour;
    return h("figure", {}, tile, picture.caption && h("figcaption", { text: picture.caption }), below(item, picture, on));
  });
}
