/** Where the page begins: language, what the shop says, and which screen is shown. */

import { Chat } from "./chat.js";
import { Client } from "./client.js";
import { Join } from "./join.js";
import { choose, language, preferred, t, use } from "./i18n.js";
import { fill, h, logo } from "./dom.js";
import { followKeyboard } from "./keyboard.js";
import { get } from "./http.js";
import { part, warm } from "./lazy.js";
import { openStore } from "./store.js";
import { toast } from "./sheet.js";

const root = document.getElementById("app");
/** How long the promise of a reply may be shown before it is asked for again. */
const PROMISE_MS = 5 * 60 * 1000;

class App {
  constructor(store) {
    this.store = store;
    /** @type {{element: HTMLElement, close: () => void}|null} */
    this.screen = null;
    this.client = null;
    this.shop = {};
    this.invite = new URLSearchParams(location.search).get("i") || "";
    this.renewedAt = 0;
    /** The browser's own offer to install the page, kept for when she wants it. */
    this.offer = null;
    window.addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.offer = event;
      if (this.client) this.client.changed();
    });
    window.addEventListener("appinstalled", () => { this.offer = null; });
    window.addEventListener("hashchange", () => this.route());
    document.addEventListener("visibilitychange", () => {
      const old = Date.now() - this.renewedAt > PROMISE_MS;
      if (document.visibilityState === "visible" && old && this.client) this.renew().catch(() => {});
    });
  }

  /** Show what this phone knows at once when it is joined, and ask the relay beside that. */
  async start() {
    const remembered = await this.store.value("shop");
    const joined = Boolean(await this.store.value("member_id"));
    if (joined && remembered) {
      this.shop = remembered;
      await this.enter();
    }
    try {
      const [me] = await Promise.all([get("/api/me"), this.renew()]);
      await this.settle(me);
    } catch (_) {
      if (!this.client) this.unreachable();
    }
  }

  /** What the shop says now, in place of what it said before. */
  async renew() {
    const shop = await get("/api/shop");
    for (const name of Object.keys(this.shop)) delete this.shop[name];
    Object.assign(this.shop, shop);
    this.renewedAt = Date.now();
    await this.store.setValue("shop", shop);
    if (this.client) this.client.changed();
  }

  /** @param {{joined: boolean, member_id?: number}} me */
  async settle(me) {
    if (!me.joined) {
      if (this.client) await this.client.forget();
      else this.join();
      return;
    }
    await this.store.setValue("member_id", me.member_id);
    if (!this.client) await this.enter();
  }

  async enter() {
    if (this.invite) history.replaceState(null, "", "/"); // the link has done its work
    this.client = new Client(this.store, { left: () => this.left() });
    await this.client.start();
    this.route();
    warm();
  }

  /** This phone is no longer joined: begin anew, with nothing of the old member in memory. */
  left() {
    location.replace("/");
  }

  route() {
    if (!this.client) return;
    const { client, shop } = this;
    if (location.hash === "#me") {
      this.openMe().catch(() => { toast(t("page.offline")); this.back(); });
      if (this.chat) return; // it stays until the other is there
    }
    this.show(this.chat || (this.chat = new Chat(client, { shop, openMe: () => this.toMe() })));
  }

  /** From the chat, to which the phone's back returns. */
  toMe() {
    history.pushState({ inside: true }, "", "#me");
    this.route();
  }

  /** Her place in the conversation stays: the chat is only hidden. */
  async openMe() {
    const { Me } = await part("me");
    if (location.hash !== "#me" || !this.client) return;
    this.show(new Me(this.client, { shop: this.shop, back: () => this.back(),
      chooseLanguage: (name) => this.language(name), offer: () => this.offer }));
  }

  back() {
    if (history.state && history.state.inside) history.back();
    else { // the page was opened here, so that what lies before is another
      history.replaceState(null, "", "/");
      this.route();
    }
  }

  join() {
    const owner = {
      joined: () => this.joined(), renew: () => this.renew(),
      switchLanguage: () => this.language(language === "zh" ? "en" : "zh"),
    };
    this.show(new Join(this.shop, this.invite, owner));
  }

  async joined() {
    await this.store.clear(); // nothing of whoever was here before
    await this.store.setValue("shop", this.shop);
    await this.settle(await get("/api/me"));
  }

  unreachable() {
    const retry = () => { fill(root); this.start(); };
    const element = h("main", { class: "screen join" }, logo("large"), h("h1", { text: t("unreachable.title") }),
      h("p", { class: "greeting", text: t("unreachable.text") }),
      h("button", { class: "primary", type: "button", text: t("unreachable.retry"), onclick: retry }));
    this.show({ element, close: () => element.remove() });
  }

  async language(name) {
    await choose(name);
    document.title = this.shop.name || document.title;
    const old = this.chat;
    if (old) old.close();
    this.chat = null;
    if (this.client) this.route();
    else this.join();
    if (old && this.chat) this.chat.composer.goOnWith(old.composer);
  }

  show(screen) {
    const old = this.screen;
    document.title = this.shop.name || document.title;
    if (old && old !== screen && old !== this.chat) old.close();
    if (this.chat && screen !== this.chat) this.chat.hide(true);
    this.screen = screen;
    if (!screen.element.isConnected) root.append(screen.element);
    for (const child of Array.from(root.children)) {
      if (child !== screen.element && !(this.chat && child === this.chat.element)) child.remove();
    }
    if (screen === this.chat) this.chat.hide(false);
  }
}

async function main() {
  const [store] = await Promise.all([openStore(), use(preferred())]);
  followKeyboard();
  const app = new App(store);
  await app.start();
  // Absent in in-app browsers and on plain http; then the page simply needs the network to open.
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
}

main();
