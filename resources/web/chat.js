/** The conversation: header, banners, timeline and composer. Stores nothing; asks the client. */

import { bubble, drawable } from "./bubble.js";
import { Composer } from "./composer.js";
import { copy, fill, h, icon, logo } from "./dom.js";
import { hour } from "./format.js";
import { t } from "./i18n.js";
import { describe, timeline } from "./items.js";
import { part } from "./lazy.js";
import { Receipts } from "./receipts.js";
import { RECALL_MS } from "./client.js";
import { ask, sheet, toast } from "./sheet.js";

const STEP = 40;
const NEAR_BOTTOM_PX = 80;
const NEAR_TOP_PX = 240;
const ANNOUNCED_CHARS = 200;

export class Chat {
  /**
   * @param {import("./client.js").Client} client
   * @param {{shop: Object, openMe: () => void}} owner `shop`: what /api/shop says
   */
  constructor(client, owner) {
    this.client = client;
    this.owner = owner;
    this.limit = STEP;
    /** @type {Map<string, {element: HTMLElement, sign: string}>} what stands, by message */
    this.standing = new Map();
    /** @type {Map<string, string>} addresses of photos still on this phone */
    this.previews = new Map();
    this.items = [];
    /** The message whose photo is on the whole screen. @type {{id: number, leave: () => void}|null} */
    this.viewing = null;
    /** @type {import("./bubble.js").Actions} */
    this.actions = {
      client,
      menu: (item) => this.menu(item),
      photo: (item, index) => this.photo(item, index),
      reply: (item, asks) => this.composer.answer(item, asks),
      optOut: () => ask(t("notice.marketing"), t("campaign.opt_out_question"), t("campaign.opt_out_yes"),
        () => client.setMarketing(false, this.owner.shop.marketing.hash)),
      jump: (id) => this.use("quoting", ({ jump }) => jump(this, id)),
    };
    this.announced = -1;
    this.spoken = 0;
    this.build();
    this.receipts = new Receipts(this.scroller, (seq) => client.markRead(seq));
    this.unsubscribe = client.onChange(() => this.render());
    this.render();
    this.toBottom();
  }

  build() {
    this.status = h("p", { class: "promise" });
    this.name = h("h1", { class: "name" });
    this.header = h("header", { class: "bar" }, logo("small"), h("div", { class: "who" }, this.name, this.status),
      h("button", { class: "plain", type: "button", text: t("me.title"), onclick: this.owner.openMe }));
    this.banner = h("div", { class: "banner", role: "status" });
    this.guest = h("div", { class: "banner guest" });
    this.list = h("ol", { class: "timeline" });
    this.top = h("div", { class: "top" });
    this.typing = h("div", { class: "typing", role: "status" });
    this.live = h("div", { class: "unseen", "aria-live": "polite" });
    this.scroller = h("main", { class: "scroller", tabindex: "-1", "aria-label": t("chat.timeline") },
      this.top, this.list, this.typing);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.jump = h("button", { class: "jump", type: "button", hidden: true, "aria-label": t("chat.newest"),
      onclick: () => this.toBottom() }, icon("down"), h("span", { text: t("chat.new") }));
    this.composer = new Composer(this.client, () => { this.stuck = true; });
    this.element = h("div", { class: "screen chat" }, this.header, this.banner, this.guest, this.scroller,
      this.composer.element, this.live);
    this.composer.element.append(this.jump); // it stands above the composer, however high that is
    this.stuck = true;
    /** Where the page itself last put the newest in view. */
    this.bottom = 0;
    // The keyboard, a longer draft or arriving photos change the height; the newest stays in view.
    if (typeof ResizeObserver === "function") {
      this.resizes = new ResizeObserver(() => { if (this.stuck) this.toBottom(); });
      this.resizes.observe(this.scroller);
      this.resizes.observe(this.list);
    }
  }

  close() {
    this.unsubscribe();
    this.receipts.close();
    this.composer.close();
    if (this.resizes) this.resizes.disconnect();
    for (const address of this.previews.values()) URL.revokeObjectURL(address);
    this.element.remove();
  }

  /** Out of sight, but with its place kept. @param {boolean} hidden */
  hide(hidden) {
    if (hidden === this.element.hidden) return;
    if (hidden) this.keptTop = this.stuck ? -1 : this.scroller.scrollTop;
    this.element.hidden = hidden;
    if (hidden) return;
    this.draw();
    if (this.keptTop < 0) this.toBottom();
    else this.scroller.scrollTop = this.keptTop;
    this.reachUp();
  }

  render() {
    if (this.element.hidden) return;
    // She may have left the newest already while the browser has yet to tell.
    if (this.stuck && this.scroller.scrollTop < this.bottom - NEAR_BOTTOM_PX) this.measure();
    this.draw();
    this.reachUp();
  }

  draw() {
    this.renderHeader();
    this.renderBanners();
    const newest = this.items.length ? this.items[this.items.length - 1].key : "";
    this.items = timeline(this.client, this.limit, (id) => this.preview(id));
    this.place();
    this.forgetRecalled();
    this.renderEdges();
    this.announce();
    const last = this.items[this.items.length - 1];
    if (this.stuck) this.toBottom();
    else if (last && last.key !== newest && !last.mine) this.jump.classList.add("fresh");
    this.composer.render();
  }

  renderHeader() {
    const shop = Object.assign({}, this.owner.shop, this.client.shop);
    this.name.textContent = shop.name || "";
    const seconds = this.owner.shop.reply_s;
    if (seconds > 0) {
      const minutes = Math.max(1, Math.ceil(seconds / 60));
      const hours = minutes >= 60;
      const text = t(hours ? "promise.hours" : "promise.minutes", { n: hours ? Math.ceil(minutes / 60) : minutes });
      fill(this.status, h("i", { class: "dot" }), text);
    } else {
      const today = shop.today || (shop.closes ? [[shop.opens, shop.closes]] : []);
      const closes = today.map((span, n) => (n ? `${hour(span[0])}–` : "") + hour(span[1])).join(" · ");
      this.status.textContent = closes ? t("shop.hours", { opens: hour(today[0][0]), closes }) : "";
    }
  }

  renderBanners() {
    const { client } = this;
    const waiting = client.unsent().filter((entry) => entry.state === "queued" || entry.state === "sent").length;
    const text = {
      open: "", refused: "", update: t("link.update"),
      connecting: client.session.rev ? "" : t("link.connecting"),
      offline: waiting ? t("link.offline_waiting", { n: waiting }) : t("link.offline"),
    }[client.phase];
    fill(this.banner, text, client.phase === "update" &&
      h("button", { type: "button", text: t("link.reload"), onclick: () => location.reload() }));
    this.banner.hidden = !text;
    const guest = client.member && client.member.state === "guest";
    const notes = [guest && t("guest.line"), !client.store.durable && t("storage.memory")].filter(Boolean);
    fill(this.guest, ...notes.map((note) => h("p", { text: note })));
    this.guest.hidden = !notes.length;
    const typing = client.typing.until > Date.now();
    this.typing.textContent = typing ? t("chat.typing", { name: client.typing.name || this.owner.shop.name }) : "";
  }

  /** Bring the list to what it should be, touching only what differs. */
  place() {
    const wanted = new Set(this.items.map((item) => item.key));
    for (const [key, { element }] of this.standing) {
      if (wanted.has(key)) continue;
      this.receipts.forget(element);
      element.remove();
      this.standing.delete(key);
    }
    const elements = this.items.map((item) => this.elementOf(item));
    let next = this.list.firstChild;
    for (const element of elements) {
      if (element === next) next = next.nextSibling;
      else this.list.insertBefore(element, next);
    }
  }

  elementOf(item) {
    const sign = JSON.stringify(item) + drawable(item, () => this.client.changed());
    const held = this.standing.get(item.key);
    if (held && held.sign === sign) return held.element;
    const element = bubble(item, this.actions);
    if (held) {
      this.receipts.forget(held.element);
      held.element.replaceWith(element);
    }
    this.standing.set(item.key, { element, sign });
    if (item.seq && !item.mine && item.seq > this.client.readSeq) this.receipts.observe(element, item.seq);
    return element;
  }

  /** A photo that is taken back goes from the whole screen too. */
  forgetRecalled() {
    const row = this.viewing && this.client.message(this.viewing.id);
    if (row && row.recalled_at) this.viewing.leave();
  }

  renderEdges() {
    const more = this.limit < this.client.messages().length || this.client.hasOlder;
    const empty = !this.items.length && this.client.phase === "open" && this.client.session.scope("chat");
    if (more) fill(this.top, h("span", { class: "spinner" }), t("chat.loading_older"));
    else if (empty) fill(this.top, h("p", { class: "empty", text: t("chat.empty") }));
    else fill(this.top);
  }

  /** Say new words of the shop to a screen reader, not those from before. */
  announce() {
    const theirs = this.items.filter((item) => item.kind === "message" && !item.mine);
    const last = theirs[theirs.length - 1];
    const seq = last ? last.seq : 0;
    // What was taken back is not to be read out, or found in the page, any more.
    if (!theirs.some((item) => item.seq === this.spoken)) this.live.textContent = "";
    if (this.announced >= 0 && seq > this.announced) {
      const text = last.text || describe(last);
      this.spoken = seq;
      this.live.textContent = `${this.owner.shop.name}: ${text.slice(0, ANNOUNCED_CHARS)}`;
    }
    if (this.items.length || this.client.phase === "open") this.announced = Math.max(this.announced, seq);
  }

  scrolled() {
    if (this.element.hidden) return;
    this.measure();
    this.reachUp();
  }

  measure() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    this.jump.hidden = this.stuck;
    if (this.stuck) this.jump.classList.remove("fresh");
  }

  /**
   * Show older messages for as long as their edge is near, fetching them when this phone has no
   * more.  Looked at after whatever moves or fills the list: at the very top nothing scrolls any
   * further, so no event would ask again.
   */
  reachUp() {
    const near = () => this.scroller.clientHeight > 0 && this.scroller.scrollTop < NEAR_TOP_PX;
    while (near() && this.limit < this.client.messages().length) this.grow();
    if (near() && this.client.hasOlder) this.client.loadOlder();
  }

  /** Show some more of what is here; what is seen stays put. */
  grow() {
    const below = this.scroller.scrollHeight - this.scroller.scrollTop;
    this.limit += STEP;
    this.draw();
    if (!this.stuck) this.scroller.scrollTop = this.scroller.scrollHeight - below;
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.bottom = this.scroller.scrollTop;
    this.stuck = true;
    this.jump.hidden = true;
    this.jump.classList.remove("fresh");
  }

  preview(clientId) {
    if (!this.previews.has(clientId)) {
      this.previews.set(clientId, "");
      this.client.store.photo(clientId).then((photo) => {
        if (!photo) return;
        this.previews.set(clientId, URL.createObjectURL(new Blob([photo.buffer], { type: photo.mime })));
        this.client.changed();
      });
    }
    return this.previews.get(clientId);
  }

  /** Something that is fetched when it is first wanted. */
  use(name, act) {
    return part(name).then(act, () => toast(t("page.offline")));
  }

  photo(item, index) {
    const photos = item.pictures.map(({ src, full, caption }, at) =>
      ({ src: full, small: src, caption, alt: caption || t("photo.number", { n: at + 1 }) }));
    if (this.viewing) return; // a second tap before it is there
    const viewing = (this.viewing = { id: item.id, leave: () => {} });
    const closed = () => { this.viewing = null; this.receipts.pause(false); };
    part("viewer").then(({ view }) => {
      this.receipts.pause(true);
      viewing.leave = view(photos, index, closed, item, this).leave;
    }, () => { closed(); toast(t("page.offline")); });
  }

  async menu(item) {
    const { client } = this;
    const actions = [];
    const entry = client.unsent().find((one) => one.client_id === item.key);
    if (item.state === "failed" && entry) {
      actions.push({ text: t("chat.retry"), act: () => client.retry(entry) });
      actions.push({ text: t("chat.remove"), act: () => client.outbox.remove(entry), danger: true });
    }
    if (item.id && item.kind === "message") actions.push({ text: t("chat.reply"), act: () => this.composer.answer(item) });
    if (item.text) actions.push({ text: t("chat.copy"), act: () => copy(item.text).then(() => toast(t("chat.copied"))) });
    if (item.mine && item.state !== "failed" && (!item.seq || client.now() - item.at < RECALL_MS)) {
      actions.push({ text: t("chat.recall"), act: () => this.recall(item), danger: true });
    }
    // A finger that stays is told of twice by some phones.
    if (!actions.length || this.choosing) return;
    this.choosing = true;
    this.receipts.pause(true);
    await sheet(t("chat.actions"), actions);
    this.receipts.pause(false);
    this.choosing = false;
  }

  recall(item) {
    if (item.seq && this.client.now() - item.at >= RECALL_MS) toast(t("recall.too_late"));
    else this.client.recall(item.key);
  }
}
