/** What belongs to the member: card, coupons, holds, notices, language, her data. */

import { ask, toast } from "./sheet.js";
import { locale, moment } from "./format.js";
import { lasting } from "./offers.js";
import { copy, fill, h, icon } from "./dom.js";
import { showCode } from "./code.js";
import { FITTING_STEPS, Fittings } from "./fittings.js";
import { couponList, stateOf } from "./coupons.js";
import { language, reason, t, wordingOf } from "./i18n.js";

const CAPS = [1, 2, 3];
const OPEN_HOLDS = ["asked", "confirmed"];
/** How often it looks whether less time is left of what is kept. */
const GLANCE_MS = 5000;
const SETTINGS = ["consent.set", "member.set_weekly_cap", "hold.release", "member.erase", ...FITTING_STEPS];

export class Me {
  /**
   * @param {import("./client.js").Client} client
   * @param {Object} owner
   * @param {Object} owner.shop what /api/shop says
   * @param {() => void} owner.back
   * @param {(name: "zh"|"en") => void} owner.chooseLanguage
   * @param {() => Event|null} owner.offer the browser's own, to install the page
   */
  constructor(client, owner) {
    this.client = client;
    this.owner = owner;
    this.showsData = false;
    this.showsWording = false;
    this.showsPast = false;
    this.sign = "";
    this.body = h("main", { class: "scroller cards" });
    const back = h("button", { class: "round", type: "button", "aria-label": t("back"), onclick: owner.back }, icon("back"));
    this.element = h("div", { class: "screen me" }, h("header", { class: "bar centred" }, back, h("h1", { text: t("me.title") })), this.body);
    this.fittings = new Fittings(client, () => this.render());
    this.unsubscribe = client.onChange(() => this.render());
    this.timer = setInterval(() => this.render(), GLANCE_MS);
    this.render();
    back.focus({ preventScroll: true });
  }

  close() {
    clearInterval(this.timer);
    this.unsubscribe();
    this.element.remove();
  }

  render() {
    const { client } = this;
    const settings = client.outbox.entries.filter((entry) => SETTINGS.includes(entry.name));
    const coupons = client.session.rows("coupon");
    const states = coupons.map((coupon) => stateOf(coupon, client.now()));
    const kept = client.session.rows("hold");
    const state = [client.member, client.shop, kept, kept.map((hold) => this.left(hold)), this.fittings.sign, coupons, states, settings, this.showsData, this.showsWording, this.showsPast, client.phase, Boolean(this.owner.offer())];
    const sign = JSON.stringify(state);
    if (sign === this.sign) return; // the focus stays where it is while nothing changed
    this.sign = sign;
    const focus = document.activeElement && document.activeElement.id;
    const member = client.member;
    if (!member) fill(this.body, h("p", { class: "empty", text: t(client.phase === "offline" ? "link.offline" : "link.connecting") }));
    else fill(this.body, this.card(member), this.code(), this.refusals(settings), this.coupons(coupons), this.holds(), this.fitted(), this.notices(member), this.languages(), this.install(), this.data(member));
    const again = focus && document.getElementById(focus);
    if (again && again !== document.activeElement) again.focus({ preventScroll: true });
  }

  card(member) {
    const guest = member.state === "guest";
    return h("section", { class: "tier " + (member.tier || "basic"), "aria-label": t("me.card") },
      h("div", { class: "line" }, h("strong", { text: t(guest ? "tier.guest" : "tier." + (member.tier || "basic")) }),
        h("span", { class: "number", text: masked(member.phone) })),
      guest ? h("p", { class: "note", text: t("guest.line") }) :
        h("p", { class: "points" }, h("b", { text: count(member.points) }), h("span", { text: t("me.points") })),
      h("p", { class: "note", text: [member.name, member.joined_at && t("me.since", { date: fullDate(member.joined_at) })].filter(Boolean).join(" · ") }));
  }

  /** What she shows at the counter. */
  code() {
    return panel("", h("button", { class: "row", id: "me-code", type: "button", onclick: showCode }, h("span", { text: t("code.title") }), icon("right")));
  }

  /** What was refused after it looked done, with its reason. */
  refusals(settings) {
    const failed = settings.filter((entry) => entry.state === "failed");
    if (!failed.length) return null;
    const forget = () => failed.forEach((entry) => this.client.outbox.remove(entry));
    return h("section", { class: "panel refused", role: "alert" },
      ...failed.map((entry) => h("p", { text: reason(entry.code, entry.parameters) })),
      h("button", { class: "link", type: "button", text: t("dismiss"), onclick: forget }));
  }

  coupons(coupons) {
    const turn = () => { this.showsPast = !this.showsPast; this.render(); };
    return panel(t("coupon.title"), ...couponList(coupons, this.client.now(), this.showsPast, turn));
  }

  holds() {
    const released = new Set(this.client.outbox.entries.filter((entry) => entry.name === "hold.release" && entry.state !== "failed").map((entry) => entry.client_id));
    const open = this.client.session.rows("hold").filter((hold) => OPEN_HOLDS.includes(hold.state || "asked") && !released.has(hold.client_id));
    if (!open.length) return null;
    return panel(t("hold.title"), ...open.map((hold) => this.hold(hold)));
  }

  /** How long a hold still lasts, in words; "" for none that does. */
  left({ state, expires_at }) {
    return state === "confirmed" && expires_at ? lasting(Date.parse(expires_at) - this.client.now()) : "";
  }

  fitted() {
    const lines = this.fittings.lines();
    return lines && panel(t("fitting.title"), ...lines);
  }

  hold(hold) {
    const confirmed = hold.state === "confirmed";
    const words = language === "en" ? hold.title_en || hold.title : hold.title;
    const units = hold.quantity > 1 || !words ? t("hold.units", { n: hold.quantity || 1 }) : "";
    const title = [words, units].filter(Boolean).join(" · ");
    const until = confirmed && hold.expires_at ? t("hold.until", { when: moment(hold.expires_at) }) : t(confirmed ? "hold.confirmed" : "hold.asked");
    const release = () => ask(t("hold.release"), t("hold.release_question"), t("hold.release"), () => this.client.releaseHold(hold.client_id));
    return h("div", { class: "line" }, h("div", {}, h("p", { text: title }), h("p", { class: "quiet", text: [until, this.left(hold)].filter(Boolean).join(" · ") })),
      h("button", { class: "link", type: "button", id: "hold-" + hold.client_id, text: t("hold.release"), onclick: release }));
  }

  notices(member) {
    const consent = this.client.waiting("consent.set");
    const on = consent ? consent.granted : Boolean(member.marketing);
    const wording = this.owner.shop.marketing;
    const turn = () => this.client.setMarketing(!on, wording.hash);
    const toggle = h("button", { class: "switch", id: "me-notices", type: "button", role: "switch", "aria-checked": String(on), "aria-labelledby": "me-notices-label", onclick: turn }, h("i", {}));
    const read = h("button", { class: "link", id: "me-wording", type: "button", "aria-expanded": String(this.showsWording), text: t("join.marketing_read"), onclick: () => {
      this.showsWording = !this.showsWording;
      this.render();
    } });
    return panel(t("notice.title"),
      h("div", { class: "line" }, h("span", { id: "me-notices-label", text: t("notice.marketing") }), toggle),
      on ? this.caps(member) : h("p", { class: "quiet", text: t("notice.off") }),
      read, this.showsWording && h("div", { class: "wording", text: wordingOf(wording) }));
  }

  caps(member) {
    const waiting = this.client.waiting("member.set_weekly_cap");
    const cap = waiting ? waiting.cap : member.weekly_cap || 3;
    const choices = CAPS.map((n) => h("button", { type: "button", id: "me-cap-" + n, role: "radio", "aria-checked": String(n === cap), text: String(n),
      onclick: () => { if (n !== cap) this.client.setWeeklyCap(n); } }));
    return h("div", { class: "line" }, h("span", { id: "me-cap-label", text: t("notice.cap") }),
      h("div", { class: "caps", role: "radiogroup", "aria-labelledby": "me-cap-label" }, ...choices));
  }

  languages() {
    const choices = [["zh", "中文"], ["en", "English"]].map(([name, text]) =>
      h("button", { type: "button", role: "radio", lang: name, "aria-checked": String(name === language), text,
        onclick: () => { if (name !== language) this.owner.chooseLanguage(name); } }));
    return panel("", h("div", { class: "line" }, h("strong", { text: t("language.title") }),
      h("div", { class: "choice", role: "radiogroup", "aria-label": t("language.title") }, ...choices)));
  }

  /** How the page comes onto the home screen of this phone; nothing where it is or cannot be. */
  install() {
    const offer = this.owner.offer();
    if (navigator.standalone || matchMedia("(display-mode: standalone)").matches) return null;
    const agent = navigator.userAgent;
    const key = /MicroMessenger/.test(agent) ? "install.wechat" : "standalone" in navigator ? "install.ios" : "install.hint";
    if (offer) {
      return panel(t("install.title"), h("p", { class: "quiet", text: t("install.hint") }),
        h("button", { class: "link", id: "me-install", type: "button", text: t("install.button"), onclick: () => offer.prompt() }));
    }
    return key === "install.hint" ? null : panel(t("install.title"), h("p", { class: "quiet", text: t(key) }));
  }

  data(member) {
    const row = (id, text, act, danger) => h("button", { class: "row" + (danger ? " danger" : ""), id, type: "button", onclick: act }, h("span", { text }), icon("right"));
    const view = row("me-data", t("data.view"), () => { this.showsData = !this.showsData; this.render(); });
    view.setAttribute("aria-expanded", String(this.showsData));
    return panel(t("data.title"), view, this.showsData && this.facts(member),
      row("me-leave", t("data.leave"), () => ask(t("data.leave"), t("data.leave_question"), t("data.leave_yes"), () => this.leave())),
      row("me-erase", t("data.erase"), () => ask(t("data.erase"), t("data.erase_question"), t("data.erase_yes"), () => this.erase()), true));
  }

  /** Everything the shop keeps about her that this phone knows. */
  facts(member) {
    const answers = this.client.session.rows("question_answer").length;
    const sizes = Object.entries(member.sizes || {}).map(([part, size]) => `${part} ${size}`).join(", ");
    const facts = {
      "data.name": member.name, "data.phone": member.phone,
      "data.birthday": member.birthday ? birthday(member.birthday) + (member.birthday_lunar ? t("data.lunar") : "") : "",
      "data.tier": t("tier." + (member.tier || "basic")), "data.points": count(member.points), "data.sizes": sizes,
      "data.marketing": t(member.marketing ? "data.yes" : "data.no"),
      "data.joined": member.joined_at ? fullDate(member.joined_at) : "",
      "data.visit": member.last_visit_at ? fullDate(member.last_visit_at) : "",
      "data.answers": answers ? count(answers) : "",
      "data.messages": count(this.client.session.rows("message").filter((row) => !row.recalled_at).length),
    };
    const lines = Object.keys(facts).filter((key) => facts[key]);
    const list = h("dl", {}, ...lines.flatMap((key) => [h("dt", { text: t(key) }), h("dd", { text: facts[key] })]));
    const text = lines.map((key) => `${t(key)}: ${facts[key]}`).join("\n");
    const take = () => copy(text).then(() => toast(t("chat.copied")));
    return h("div", { class: "facts" }, list, h("button", { class: "link", type: "button", text: t("chat.copy"), onclick: take }));
  }

  async leave() {
    try {
      await this.client.leave();
    } catch (error) {
      toast(reason(error.code || "page.failed"));
    }
  }

  async erase() {
    await this.client.erase();
    if (this.client.phase !== "open") toast(t("data.erase_later"));
  }
}

function panel(title, ...children) {
  return h("section", { class: "panel" }, title && h("h2", { text: title }), ...children);
}

function fullDate(at) {
  return new Date(at).toLocaleDateString(locale(), { year: "numeric", month: "long", day: "numeric" });
}

function count(number) {
  return Number(number || 0).toLocaleString(locale());
}

/** 13812346021 → 138****6021 */
function masked(phone) {
  const text = String(phone || "");
  return text.length < 8 ? text : text.slice(0, -8) + "****" + text.slice(-4);
}

/** "MM-DD" → a date without a year. */
function birthday(text) {
  const [month, dayOfMonth] = text.split("-").map(Number);
  if (!month || !dayOfMonth) return text;
  return new Date(2000, month - 1, dayOfMonth).toLocaleDateString(locale(), { month: "long", day: "numeric" });
}
