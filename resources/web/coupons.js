/** What a coupon of hers is: on the card it came from and in her list. Draws what it is told. */

import { clock, date, moment } from "./format.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";

const GROUP = 4;

/**
 * @param {import("./wire.js").Row} coupon
 * @param {number} now the relay's time
 * @returns {"valid"|"redeemed"|"expired"|"voided"}
 */
export function stateOf(coupon, now) {
  if (coupon.voided_at) return "voided";
  if (coupon.redeemed_at) return "redeemed";
  return Date.parse(coupon.expires_at) <= now ? "expired" : "valid";
}

/** Those that can be used first, and of each kind the one that ends first. */
export function inOrder(coupons, now) {
  const past = (coupon) => Number(stateOf(coupon, now) !== "valid");
  const end = (coupon) => Date.parse(coupon.expires_at);
  return coupons.slice().sort((a, b) => past(a) - past(b) || (past(a) ? end(b) - end(a) : end(a) - end(b)));
}

/** Its code as it is shown at the counter, and read out letter by letter. */
export function code(coupon) {
  const groups = [];
  for (let at = 0; at < coupon.code.length; at += GROUP) groups.push(coupon.code.slice(at, at + GROUP));
  return h("p", { class: "code" }, h("span", { class: "unseen", text: t("coupon.code", { code: Array.from(coupon.code).join(" ") }) }),
    h("span", { "aria-hidden": "true", text: groups.join(" ") }));
}

/** What became of it, or until when it is good. */
export function standing(coupon, now) {
  const state = stateOf(coupon, now);
  const at = { valid: coupon.expires_at, expired: coupon.expires_at, redeemed: coupon.redeemed_at, voided: coupon.voided_at }[state];
  return t("standing." + state, { when: state === "valid" || state === "expired" ? until(at) : moment(at) });
}

/** The last day of something, with the hour where it ends within the day. */
export function until(at) {
  const last = new Date(Date.parse(at) - 1);
  const whole = last.getHours() === 23 && last.getMinutes() === 59;
  return whole ? date(last) : date(at) + " " + clock(at);
}

/**
 * Her coupons, those that can be used before the others.
 * @param {import("./wire.js").Row[]} coupons
 * @param {number} now the relay's time
 * @param {boolean} open whether the others are shown too
 * @param {() => void} turn to show or hide these
 */
export function couponList(coupons, now, open, turn) {
  const all = inOrder(coupons, now);
  const good = all.filter((coupon) => stateOf(coupon, now) === "valid");
  const past = all.slice(good.length);
  const list = (some, name) => h("ul", { class: "coupons", "aria-label": name }, ...some.map((coupon) => entry(coupon, now)));
  return [
    good.length ? list(good, t("coupon.title")) : h("p", { class: "quiet", text: t(past.length ? "coupon.none_left" : "coupon.none") }),
    past.length > 0 && h("button", { class: "link", id: "me-past", type: "button", "aria-expanded": String(open),
      text: t("coupon.past", { n: past.length }), onclick: turn }),
    past.length > 0 && open && list(past, t("coupon.past", { n: past.length })),
  ];
}

function entry(coupon, now) {
  return h("li", { class: stateOf(coupon, now) }, h("p", { class: "what", text: coupon.title || t("coupon.untitled") }), code(coupon),
    h("p", { class: "quiet", text: standing(coupon, now) }));
}
