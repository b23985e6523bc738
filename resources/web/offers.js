/**
 * What a campaign has some of, as a card in its message: how many are left and until when, her
 * claim on its way, and what came of it.  A card stands for as long as its element is in the page
 * and changes in place.
 *
 * @typedef {import("./client.js").Client} Client
 * @typedef {{id: number, title: string, valid_until: string}} Ref what the message says of it
 * @typedef {Object} View
 * @property {"open"|"claiming"|"waiting"|"hers"|"missed"|"late"|"denied"|"taken"|"closed"|"ended"|"coming"} state
 * @property {number} [left] units
 * @property {number} [share] 0..1 of all units
 * @property {number} [left_ms] time
 * @property {import("./wire.js").Row} [coupon] hers
 * @property {import("./outbox.js").Entry} [claim] on its way, or refused
 */

import { code, inOrder, standing, stateOf, until } from "./coupons.js";
import { copy, fill, h } from "./dom.js";
import { reason, t } from "./i18n.js";
import { toast } from "./sheet.js";

const CLAIM = "offer.claim";
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** From this share of all units on, it is about to go. */
const FEW = 0.25;
/** A screen reader hears how many are left when it falls to one of these, and not too often. */
const SAID_AT = [1, 2, 3, 5, 10, 20, 50, 100];
const SILENCE_MS = 10 * SECOND_MS;
/** What a refusal of the relay means here; any other is told in its own words. */
const REFUSALS = { "offer.gone": "missed", "offer.over": "late", not_found: "denied" };
const RUNNING = ["open", "claiming", "waiting"];

/** @type {Set<Card>} */
const cards = new Set();
/** @type {Client|null} */
let followed = null;
let timer = 0;
/** Offers whose claim is being written down: a second tap comes too early. @type {Set<number>} */
const tapped = new Set();
const live = h("div", { class: "unseen", "aria-live": "polite" });
let saidAt = 0;
/** Whose words these are. @type {Card|null} */
let speaker = null;

/**
 * @param {Ref} ref
 * @param {Client} client
 */
export function offer(ref, client) {
  if (followed !== client) {
    followed = client;
    client.onChange(tick);
    document.addEventListener("visibilitychange", tick);
    document.body.append(live);
  }
  const card = new Card(ref, client);
  cards.add(card);
  clearTimeout(timer);
  timer = setTimeout(tick, 0); // once it is in the page
  return card.element;
}

/** Draw what stands, and come back when time alone changes something that can be seen. */
function tick() {
  clearTimeout(timer);
  for (const card of cards) if (!card.element.isConnected) cards.delete(card);
  // What was taken back is not to be found in the page any more.
  if (speaker && !cards.has(speaker)) live.textContent = "";
  const waits = Array.from(cards, (card) => card.draw()).filter((wait) => wait > 0);
  if (waits.length && document.visibilityState === "visible") timer = setTimeout(tick, Math.min(...waits));
}

/**
 * How an offer stands for her, by what this phone knows.
 * @param {Ref} ref
 * @param {Client} client
 * @returns {View}
 */
function look({ id }, client) {
  const now = client.now();
  const [coupon] = inOrder(client.session.rows("coupon").filter((row) => row.offer_id === id), now);
  if (coupon) return { state: "hers", coupon, left_ms: Date.parse(coupon.expires_at) - now };
  const row = client.session.row("offer", id);
  const told = row ? count(row, now) : {};
  const claim = claimOf(client, id);
  if (claim && claim.state !== "failed") return Object.assign(told, { claim, state: client.phase === "open" ? "claiming" : "waiting" });
  if (claim && REFUSALS[claim.code]) return { claim, state: REFUSALS[claim.code] };
  return Object.assign(told, { claim, state: row ? ended(row, now) || "open" : complete(client) ? "ended" : "coming" });
}

/** Whether this phone has every offer: one it has not been told of ended long ago. */
function complete({ session }) {
  const scope = session.scope("self");
  return scope in session.sync.cursors && !(scope in session.sync.paging);
}

function count({ quantity = 0, claimed = 0, ends_at }, now) {
  const left = Math.max(0, quantity - claimed);
  return { left, share: quantity ? left / quantity : 0, left_ms: Date.parse(ends_at) - now };
}

function ended({ quantity = 0, claimed = 0, ends_at, closed_at }, now) {
  if (claimed >= quantity) return "taken";
  return closed_at ? "closed" : Date.parse(ends_at) <= now ? "ended" : "";
}

/** Her claim: one on its way before one that was refused, which may be of another tab. */
function claimOf(client, id) {
  const own = client.outbox.entries.filter((entry) => entry.name === CLAIM && JSON.parse(entry.body).offer_id === id);
  return own.find((entry) => entry.state !== "failed") || own[own.length - 1];
}

async function claim(client, id) {
  const before = claimOf(client, id);
  if (tapped.has(id) || (before && before.state !== "failed")) return;
  tapped.add(id);
  try {
    await client.outbox.add(CLAIM, { offer_id: id }, { lane: "offer/" + id }, before);
  } catch (_) {
    toast(t("page.failed"));
  }
  tapped.delete(id);
}

class Card {
  constructor(ref, client) {
    this.ref = ref;
    this.client = client;
    this.element = h("section", { class: "offer", role: "group", "aria-label": ref.title });
    this.sign = "";
    /** The step of how many are left that was said, or stood there to begin with. */
    this.step = -1;
    this.draw();
  }

  /** @returns {number} milliseconds until time changes it, 0 when nothing will */
  draw() {
    const view = look(this.ref, this.client);
    const { state, coupon, claim: { code: refusal = "" } = {} } = view;
    const sign = JSON.stringify([state, refusal, coupon, coupon && stateOf(coupon, this.client.now())]);
    if (sign !== this.sign) this.build(view, sign);
    if (view.left !== undefined && this.left) this.counted(view);
    return wait(view);
  }

  build(view, sign) {
    const focused = this.element.contains(document.activeElement);
    const first = !this.sign;
    this.sign = sign;
    this.left = this.time = this.bar = null;
    this.element.className = "offer " + (view.coupon ? "hers " + stateOf(view.coupon, this.client.now()) : view.state);
    const body = view.coupon ? this.hers(view.coupon) : RUNNING.includes(view.state) ? this.running(view) : this.ended(view);
    fill(this.element, h("h2", { text: this.ref.title }), ...body);
    const next = focused && this.element.querySelector("button, .told");
    if (next) next.focus({ preventScroll: true });
    if (!first) this.say();
  }

  running({ state, claim: refused }) {
    this.left = h("b", {});
    this.time = h("span", {});
    this.bar = h("i", {});
    const busy = state !== "open";
    const again = refused && !busy && h("p", { class: "told problem", tabindex: "-1", text: reason(refused.code, refused.parameters) });
    return [
      h("p", { class: "counts" }, this.left, this.time),
      h("div", { class: "share", "aria-hidden": "true" }, this.bar),
      again,
      h("button", { class: "primary", type: "button", "aria-disabled": busy && "true", onclick: () => claim(this.client, this.ref.id) },
        state === "claiming" && h("span", { class: "spinner" }), t(busy ? "offer." + state : "offer.claim")),
      state === "waiting" ? h("p", { class: "quiet", text: t("offer.promise") }) : this.validity(),
    ];
  }

  validity() {
    return h("p", { class: "quiet", text: t("offer.valid_until", { when: until(this.ref.valid_until) }) });
  }

  hers(coupon) {
    const now = this.client.now();
    const good = stateOf(coupon, now) === "valid";
    const take = () => copy(coupon.code).then(() => toast(t("chat.copied")));
    return [
      good && h("p", { class: "told", tabindex: "-1", text: t("offer.mine") }),
      code(coupon),
      h("p", { class: good ? "quiet" : "told", tabindex: good ? null : "-1", text: standing(coupon, now) }),
      good && h("button", { class: "link", type: "button", text: t("offer.copy"), onclick: take }),
    ];
  }

  ended({ state }) {
    if (state === "coming") return [h("p", { class: "told", tabindex: "-1" }, h("span", { class: "spinner" }), t("link.connecting"))];
    return [h("p", { class: "told", tabindex: "-1", text: t("offer." + state) })];
  }

  counted({ left, share, left_ms }) {
    write(this.left, t("offer.left", { n: left }));
    write(this.time, lasting(left_ms));
    this.bar.style.width = share * 100 + "%";
    this.element.classList.toggle("few", left === 1 || share <= FEW || left_ms <= HOUR_MS);
    const step = SAID_AT.find((at) => left <= at) || Infinity;
    if (step === this.step) return;
    const heard = this.step >= 0 && this.seen() && Date.now() - saidAt > SILENCE_MS;
    this.step = step;
    if (heard) this.speak(t("offer.left", { n: left }));
  }

  /** What became of it, to who hears instead of seeing. */
  say() {
    const told = this.element.querySelector(".told, [aria-disabled]");
    if (told && this.seen()) this.speak(told.textContent);
  }

  speak(text) {
    saidAt = Date.now();
    speaker = this;
    live.textContent = `${this.ref.title}: ${text}`;
  }

  seen() {
    const { top, bottom, height } = this.element.getBoundingClientRect();
    return height > 0 && bottom > 0 && top < window.innerHeight;
  }
}

/** Nothing is touched that reads the same. */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Once a minute is enough, once a second in the last minute. */
function wait({ state, left_ms = 0 }) {
  if (state === "hers" && left_ms > 0) return Math.min(left_ms + 1, HOUR_MS);
  if (left_ms <= 0 || !RUNNING.includes(state)) return 0;
  if (left_ms > DAY_MS) return Math.min(left_ms - DAY_MS, left_ms % HOUR_MS) + 1;
  return (left_ms > MINUTE_MS ? left_ms % MINUTE_MS : left_ms % SECOND_MS) + 1;
}

/** What is left of a time, in words that change at the moments of `wait`. */
export function lasting(ms) {
  const whole = (unit) => Math.floor(ms / unit);
  if (ms <= 0) return "";
  if (ms <= MINUTE_MS) return t("offer.seconds", { n: Math.ceil(ms / SECOND_MS) });
  if (ms < HOUR_MS) return t("offer.minutes", { n: whole(MINUTE_MS) });
  const [key, n, m] = ms < DAY_MS ? ["hours", whole(HOUR_MS), whole(MINUTE_MS) % 60] : ["days", whole(DAY_MS), whole(HOUR_MS) % 24];
  return t("offer." + key + (m ? "" : "_sharp"), { n, m });
}
