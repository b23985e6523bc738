/**
 * Her fittings: booked where a room is free, changed, cancelled.  Which times are free is asked
 * when it is wanted; she is told nothing of who has the others.
 *
 * @typedef {{client_id: string, starts_at: string, ends_at?: string, waits: boolean}} Fitting
 */

import { h } from "./dom.js";
import { locale } from "./format.js";
import { pick } from "./holds.js";
import { get } from "./http.js";
import { reason, t } from "./i18n.js";
import { uuid7 } from "./ids.js";
import { ask, toast } from "./sheet.js";

export const FITTING_STEPS = ["fitting.book", "fitting.move", "fitting.cancel"];

export class Fittings {
  /**
   * @param {import("./client.js").Client} client
   * @param {() => void} changed
   */
  constructor(client, changed) {
    this.client = client;
    this.changed = changed;
    this.offered = false;
    this.busy = false;
    get("/api/fittings").then(({ days }) => { this.offered = days.length > 0; this.changed(); }).catch(() => {});
  }

  /** What decides how it looks. */
  get sign() {
    return [this.offered, this.mine()];
  }

  /** Those to come, with what is on its way laid over. @returns {Fitting[]} */
  mine() {
    const { client } = this;
    const found = new Map();
    for (const row of client.session.rows("fitting")) {
      if ((row.state || "booked") === "booked") found.set(row.client_id, { client_id: row.client_id, starts_at: row.starts_at, ends_at: row.ends_at, waits: false });
    }
    for (const { name, state, client_id, body } of client.outbox.entries) {
      if (!FITTING_STEPS.includes(name) || state === "failed") continue;
      const known = found.get(client_id);
      if (name === "fitting.cancel") found.delete(client_id);
      else if (name === "fitting.move" ? known : !known) found.set(client_id, { client_id, starts_at: JSON.parse(body).starts_at, waits: state !== "acked" });
    }
    const end = (each) => Date.parse(each.ends_at || each.starts_at);
    return Array.from(found.values()).filter((each) => end(each) > client.now()).sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at));
  }

  /** What stands on her page; null where there are no rooms. */
  lines() {
    const mine = this.mine();
    if (!mine.length && !this.offered) return null;
    const book = h("button", { class: "link", id: "me-fitting", type: "button", text: t("fitting.book"), onclick: () => this.alone(() => this.book()) });
    return [...mine.map((each) => this.line(each)), book];
  }

  line(fitting) {
    const cancel = () => ask(t("fitting.cancel"), t("fitting.cancel_question", { when: this.when(fitting.starts_at) }), t("fitting.cancel"),
      () => this.add("fitting.cancel", { client_id: fitting.client_id }));
    const move = () => this.alone(() => this.move(fitting));
    return h("div", { class: "line" },
      h("div", {}, h("p", { text: this.when(fitting.starts_at) }), h("p", { class: "quiet", text: t(fitting.waits ? "fitting.waits" : "fitting.booked") })),
      h("div", { class: "steps" }, h("button", { class: "link", type: "button", text: t("fitting.move"), onclick: move }),
        h("button", { class: "link", type: "button", text: t("fitting.cancel"), onclick: cancel })));
  }

  async book() {
    const starts_at = await this.choose();
    if (starts_at) await this.add("fitting.book", { client_id: uuid7(), starts_at });
  }

  async move({ client_id }) {
    const starts_at = await this.choose();
    if (starts_at) await this.add("fitting.move", { client_id, starts_at });
  }

  /** A day, then one of its free times. @returns {Promise<string|null>} */
  async choose() {
    const { days } = await get("/api/fittings");
    const open = days.filter(({ slots }) => slots.length);
    if (!open.length) return toast(t("fitting.full"));
    const day = await pick(t("fitting.which_day"), open.map((one) => ({ text: this.day(one.slots[0]), value: one })));
    return day && pick(this.day(day.slots[0]), day.slots.map((at) => ({ text: this.clock(at), value: at })));
  }

  add(name, body) {
    return this.client.outbox.add(name, body, { lane: "self", client_id: body.client_id });
  }

  async alone(act) {
    if (this.busy) return;
    this.busy = true;
    try {
      await act();
    } catch (error) {
      toast(reason(error.code || "page.failed"));
    } finally {
      this.busy = false;
    }
  }

  // --- times on the shop's clock ----------------------------------------------------------

  when(at) {
    return `${this.day(at)} ${this.clock(at)}`;
  }

  day(at) {
    return this.said(at, { month: "long", day: "numeric", weekday: "short" });
  }

  clock(at) {
    return this.said(at, { hour: "2-digit", minute: "2-digit", hour12: false });
  }

  said(at, parts) {
    const shop = this.client.shop;
    return new Date(at).toLocaleString(locale(), Object.assign({ timeZone: (shop && shop.timezone) || "Asia/Shanghai" }, parts));
  }
}
