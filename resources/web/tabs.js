/**
 * Several tabs of one browser are one device: they tell each other to look again, and one of
 * them leads (sends the outbox).  The tab that was looked at last leads, since a phone freezes
 * the others.  Should two lead for a moment, nothing happens twice: commands are sent with
 * the same number and bytes.
 */

const LOCK = "hanger-outbox";
const CHANNEL = "hanger";
const LEASE_KEY = "hanger-leader";
const LEASE_MS = 5000;
const RENEW_MS = 2000;

export class Tabs {
  /**
   * @param {Object} owner
   * @param {(leading: boolean) => void} owner.led
   * @param {(word: string) => void} owner.told a word another tab announced
   */
  constructor(owner) {
    this.owner = owner;
    this.leading = false;
    this.name = Math.random().toString(36).slice(2);
    this.channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(CHANNEL) : null;
    if (this.channel) this.channel.onmessage = (event) => owner.told(event.data);
    else window.addEventListener("storage", (event) => {
      if (event.key === CHANNEL && event.newValue) owner.told(event.newValue.split(" ")[0]);
    });
    const locks = navigator.locks;
    if (locks) this.lock(locks, document.visibilityState === "visible");
    else this.lease();
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible") return;
      if (locks && !this.leading) this.lock(locks, true);
      else if (!locks) this.claim(true);
    });
  }

  /** @param {string} word */
  announce(word) {
    if (this.channel) this.channel.postMessage(word);
    else write(CHANNEL, word + " " + Math.random());
  }

  set(leading) {
    if (leading === this.leading) return;
    this.leading = leading;
    this.owner.led(leading);
  }

  lock(locks, steal) {
    const held = () => {
      this.set(true);
      return new Promise(() => {}); // until the tab closes or another takes it
    };
    locks.request(LOCK, { steal }, held).catch(() => {
      this.set(false);
      this.lock(locks, false); // back in the queue, for when the other tab closes
    });
  }

  /** Without locks (plain http, older browsers): a lease in local storage, renewed often. */
  lease() {
    this.claim(document.visibilityState === "visible");
    setInterval(() => this.claim(false), RENEW_MS);
    window.addEventListener("pagehide", () => { if (this.leading) write(LEASE_KEY, ""); });
  }

  claim(take) {
    const [holder, until] = (read(LEASE_KEY) || " 0").split(" ");
    if (take || !holder || holder === this.name || Number(until) < Date.now()) {
      write(LEASE_KEY, this.name + " " + (Date.now() + LEASE_MS));
      this.set(true);
    } else this.set(false);
  }
}

function read(key) {
  try { return localStorage.getItem(key); } catch (_) { return null; }
}

function write(key, value) {
  try { localStorage.setItem(key, value); } catch (_) { /* a lone tab: nothing to agree on */ }
}
