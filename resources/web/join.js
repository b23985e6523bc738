/** The form with which a phone joins: number, name, birthday, and two separate consents. */

import { ApiError, post } from "./http.js";
import { fill, h, logo } from "./dom.js";
import { uuid7 } from "./ids.js";
import { language, reason, t, wordingOf } from "./i18n.js";

const FIELD_OF_CODE = {
  "join.phone": "phone", "join.name": "name", "join.birthday": "birthday", "join.consent": "privacy",
};
const ATTEMPT = "hanger.join";
const PLAUSIBLE_PHONE = /^\+?\d{6,15}$/;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * @param {Object} shop what /api/shop says
 * @param {string} invite token of a personal link, or ""
 * @param {{joined: () => void, switchLanguage: () => void, renew: () => Promise<void>}} owner
 */
export class Join {
  constructor(shop, invite, owner) {
    this.shop = shop;
    this.invite = invite;
    this.owner = owner;
    /** @type {Object<string, {problem: HTMLElement, focus: HTMLElement}>} by field */
    this.fields = {};
    this.build();
  }

  build() {
    const { shop } = this;
    this.phone = h("input", { type: "tel", inputmode: "tel", autocomplete: "tel", name: "phone", maxlength: "24", placeholder: t("join.phone_label") });
    this.person = h("input", { type: "text", autocomplete: "name", name: "name", maxlength: "40", placeholder: t("join.name_hint") });
    this.privacy = h("input", { type: "checkbox", name: "privacy" });
    this.marketing = h("input", { type: "checkbox", name: "marketing" });
    this.button = h("button", { class: "primary", type: "submit", text: t("join.button") });
    this.problem = h("p", { class: "problem", role: "alert", hidden: true });
    const form = h("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.field("phone", t("join.phone_label"), this.phone),
      this.field("name", t("join.name_label"), this.person),
      this.birthdayField(),
      this.consent("privacy", this.privacy, t("join.privacy", { shop: shop.name }), t("join.privacy_read")),
      this.consent("marketing", this.marketing, t("join.marketing"), t("join.marketing_read")),
      this.problem, this.button);
    const other = h("button", { class: "plain language", type: "button", lang: language === "zh" ? "en" : "zh-CN",
      text: t("language.other"), onclick: this.owner.switchLanguage });
    this.element = h("main", { class: "screen join" }, other, logo("large"), h("h1", { text: shop.name }),
      h("p", { class: "greeting", text: shop.greeting || t("join.greeting") }),
      this.invite && h("p", { class: "invited", text: t("join.invited") }), form,
      h("p", { class: "hint", text: t("join.hint") }));
  }

  field(name, label, input, ...more) {
    const id = "join-" + name;
    const problem = h("p", { class: "problem", id: id + "-problem", hidden: true });
    input.id = id;
    input.setAttribute("aria-describedby", problem.id);
    input.addEventListener("input", () => this.clear(name));
    this.fields[name] = { problem, focus: input };
    return h("div", { class: "field" }, h("label", { class: "unseen", for: id, text: label }), input, ...more, problem);
  }

  birthdayField() {
    const option = (value, text) => h("option", { value, text });
    const numbers = (count) => Array.from({ length: count }, (_, index) => index + 1);
    this.month = h("select", { "aria-label": t("join.month") }, option("", t("join.month")),
      ...numbers(12).map((n) => option(String(n), t("join.month_n", { n }))));
    this.day = h("select", { "aria-label": t("join.day") });
    const fillDays = () => {
      const chosen = this.day.value;
      const count = DAYS[Number(this.month.value || 1) - 1];
      fill(this.day, option("", t("join.day")), ...numbers(count).map((n) => option(String(n), t("join.day_n", { n }))));
      this.day.value = Number(chosen) <= count ? chosen : "";
      this.clear("birthday");
    };
    const problem = h("p", { class: "problem", hidden: true });
    this.fields.birthday = { problem, focus: this.month };
    this.month.addEventListener("change", fillDays);
    this.day.addEventListener("change", () => this.clear("birthday"));
    fillDays();
    return h("fieldset", { class: "field birthday" }, h("legend", { class: "unseen", text: t("join.birthday") }),
      h("div", { class: "box" }, h("span", { "aria-hidden": "true", text: t("join.birthday") }), this.month, this.day), problem);
  }

  /** A consent with its whole text, which opens in place. */
  consent(name, input, label, read) {
    const problem = h("p", { class: "problem", id: "join-" + name + "-problem", hidden: true });
    input.setAttribute("aria-describedby", problem.id);
    input.addEventListener("change", () => this.clear(name));
    this.fields[name] = { problem, focus: input };
    const text = h("div", { class: "wording", hidden: true, tabindex: "0" });
    const open = h("button", { class: "link", type: "button", "aria-expanded": "false", text: read, onclick: () => {
      text.hidden = !text.hidden;
      text.textContent = wordingOf(this.shop[name]);
      open.setAttribute("aria-expanded", String(!text.hidden));
    } });
    return h("div", { class: "consent" }, h("label", {}, input, h("span", { class: "tickbox", "aria-hidden": "true" }), h("span", { text: label })),
      open, text, problem);
  }

  /** Show a refusal where it belongs; the first one gets the focus. */
  show(code, parameters, field) {
    const place = this.fields[field] || this.fields[FIELD_OF_CODE[code]];
    const problem = place ? place.problem : this.problem;
    problem.textContent = reason(code, parameters);
    problem.hidden = false;
    if (place) place.focus.setAttribute("aria-invalid", "true");
    if (!this.element.querySelector("[data-first]") && place) {
      place.focus.dataset.first = "";
      place.focus.focus();
    }
  }

  clear(name) {
    const { problem, focus } = this.fields[name];
    problem.hidden = true;
    focus.removeAttribute("aria-invalid");
  }

  /** What can be seen to be missing without asking, all of it at once. */
  missing() {
    const codes = [];
    if (!PLAUSIBLE_PHONE.test(this.number())) codes.push("join.phone");
    if (!this.person.value.trim()) codes.push("join.name");
    if (Boolean(this.month.value) !== Boolean(this.day.value)) codes.push("join.birthday");
    if (!this.privacy.checked) codes.push("join.consent");
    return codes;
  }

  /** Digits as typed on any keyboard, without spaces and dashes. */
  number() {
    return this.phone.value.normalize("NFKC").replace(/[\s\-().]/g, "");
  }

  async submit() {
    this.problem.hidden = true;
    for (const name of Object.keys(this.fields)) this.clear(name);
    for (const marked of this.element.querySelectorAll("[data-first]")) delete marked.dataset.first;
    const codes = this.missing();
    for (const code of codes) this.show(code, {});
    if (codes.length || this.button.disabled) return;
    this.button.disabled = true;
    this.button.textContent = t("join.joining");
    try {
      await post("/api/join", this.body());
      attempt.end();
      this.owner.joined();
    } catch (error) {
      const known = error instanceof ApiError ? error : new ApiError(0, "page.failed");
      // The wording has changed since the page was opened: what is read next is the new one.
      if (known.code === "join.consent") await this.owner.renew();
      this.show(known.code, known.parameters, known.field);
      this.button.disabled = false;
      this.button.textContent = t("join.button");
    }
  }

  body() {
    const { shop } = this;
    const two = (text) => text.padStart(2, "0");
    const body = {
      phone: this.number(), name: this.person.value.trim(), privacy: this.privacy.checked,
      marketing: this.marketing.checked, privacy_hash: shop.privacy.hash, marketing_hash: shop.marketing.hash,
    };
    if (this.month.value && this.day.value) body.birthday = two(this.month.value) + "-" + two(this.day.value);
    if (this.invite) body.invite = this.invite;
    body.attempt = attempt.name();
    return body;
  }

  close() {
    this.element.remove();
  }
}

/**
 * The name of this attempt, until it succeeds: the same form sent again after an answer that got
 * lost is the same phone to the relay, and not one more member.
 */
const attempt = {
  now: "",
  name() {
    try { this.now = localStorage.getItem(ATTEMPT) || this.now; } catch (_) { /* then for this page */ }
    if (!this.now) this.now = uuid7();
    try { localStorage.setItem(ATTEMPT, this.now); } catch (_) { /* as above */ }
    return this.now;
  },
  end() {
    this.now = "";
    try { localStorage.removeItem(ATTEMPT); } catch (_) { /* as above */ }
  },
};
