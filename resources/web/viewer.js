/**
 * Photos on the whole screen: swipe or arrow keys to the next, pinch or double tap to come
 * closer, tap, Esc or the phone's back to leave.
 */

import { fill, h, icon } from "./dom.js";
import { keepingPhoto } from "./holds.js";
import { layer } from "./layers.js";
import { t } from "./i18n.js";
import { asking, tapped } from "./taps.js";

const SWIPE_PX = 50;
const TAP_PX = 8;
const DOUBLE_TAP_MS = 280;
const CLOSEST = 4;
const CLOSER = 2.5;

/**
 * @param {Array<{src: string, small: string, alt: string, caption?: string}>} photos `small` is
 *     shown until `src` is there
 * @param {number} first which one to show
 * @param {() => void} closed
 * @param {import("./bubble.js").Item} item whose photos they are
 * @param {import("./chat.js").Chat} chat
 */
export function view(photos, first, closed, item, chat) {
  const picture = item.pictures[first];
  if (picture.shows && item.id) tapped(chat.client, item.id, picture);
  return new Viewer(photos, first, closed, item, chat);
}

class Viewer {
  constructor(photos, first, closed, item, chat) {
    this.photos = photos;
    this.closed = closed;
    this.item = item;
    this.chat = chat;
    this.before = document.activeElement;
    /** @type {Map<number, {x: number, y: number}>} fingers on the screen */
    this.fingers = new Map();
    this.figure = h("figure", {});
    this.caption = h("figcaption", {});
    this.count = h("span", { class: "count", "aria-live": "polite" });
    /** What she can do about the article that a photo shows. */
    this.acts = h("div", { class: "acts" });
    this.foot = h("div", { class: "below" }, this.caption, this.acts);
    this.leave = layer(() => this.close());
    const close = h("button", { class: "close", type: "button", "aria-label": t("close"), onclick: () => this.leave() }, icon("close"));
    this.box = h("div", { class: "viewer", role: "dialog", "aria-modal": "true", "aria-label": t("photo.viewer") },
      this.figure, this.foot, this.count, close);
    this.onKey = (event) => this.pressed(event);
    this.listen();
    this.show(first);
    document.body.append(this.box);
    close.focus();
  }

  listen() {
    window.addEventListener("keydown", this.onKey);
    this.figure.addEventListener("pointerdown", (event) => this.down(event));
    this.figure.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) {
      this.figure.addEventListener(name, (event) => this.up(event));
    }
  }

  show(index) {
    this.index = Math.max(0, Math.min(this.photos.length - 1, index));
    const { src, small, alt, caption } = this.photos[this.index];
    // A new element: the old one would go on showing its photo until the next is there.
    this.image = h("img", { draggable: "false", alt, src });
    this.image.style.backgroundImage = `url("${small}")`;
    this.image.addEventListener("error", () => { this.image.src = small; }, { once: true });
    fill(this.figure, this.image);
    this.caption.textContent = caption || "";
    fill(this.acts, ...(this.picture.shows && this.item.id ? this.actions() : []));
    for (const next of [this.photos[this.index + 1], this.photos[this.index - 1]]) if (next) new Image().src = next.src;
    this.count.textContent = this.photos.length > 1 ? `${this.index + 1} / ${this.photos.length}` : "";
    this.place(1, 0, 0);
  }

  get picture() { return this.item.pictures[this.index]; }

  actions() {
    const { picture, item, chat } = this;
    const question = () => {
      tapped(chat.client, item.id, picture);
      this.leaveFor(() => chat.composer.answer(item, false, picture)); // with this photo above her words
    };
    return [asking(question), keepingPhoto(item, picture, chat.client, (act) => this.leaveFor(act))];
  }

  /** Back to the chat, to do something there. */
  leaveFor(act) {
    this.asks = act;
    this.leave();
  }

  place(scale, x, y) {
    this.scale = Math.max(1, Math.min(CLOSEST, scale));
    // However far it is drawn, the photo still covers the middle of the screen.
    const [wide, high] = this.shown().map((side) => side * this.scale / 2);
    const within = (value, most) => Math.max(-most, Math.min(most, value));
    [this.x, this.y] = this.scale === 1 ? [0, 0] : [within(x, wide), within(y, high)];
    this.image.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
  }

  /** Width and height of the photo on screen, as it stands without coming closer. */
  shown() {
    const { naturalWidth, naturalHeight, offsetWidth, offsetHeight } = this.image;
    const fit = Math.min(offsetWidth / naturalWidth, offsetHeight / naturalHeight);
    return naturalWidth ? [naturalWidth * fit, naturalHeight * fit] : [offsetWidth, offsetHeight];
  }

  pressed(event) {
    if (event.key === "Escape") this.leave();
    else if (event.key === "ArrowRight") this.show(this.index + 1);
    else if (event.key === "ArrowLeft") this.show(this.index - 1);
    else if (event.key === "Tab") this.tab(event);
  }

  /** Only what can be pressed here. */
  tab(event) {
    event.preventDefault();
    const all = Array.from(this.box.querySelectorAll("button"));
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    all[(at + (event.shiftKey ? all.length - 1 : 1)) % all.length].focus();
  }

  down(event) {
    this.figure.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.begin(this.fingers.size > 1);
  }

  /** What the fingers do is measured from here. @param {boolean} many it is, or was, a pinch */
  begin(many) {
    const [x, y] = this.middle();
    this.start = { x, y, left: this.x, top: this.y, scale: this.scale, spread: this.spread(), many };
  }

  move(event) {
    if (!this.fingers.has(event.pointerId)) return;
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const { left, top, x, y, spread } = this.start;
    if (this.fingers.size > 1 && spread) this.pinch();
    else if (this.scale > 1) this.place(this.scale, left + event.clientX - x, top + event.clientY - y);
    else if (!this.start.many) this.image.style.transform = `translate(${event.clientX - x}px, 0)`; // the next follows the finger
  }

  up(event) {
    if (!this.fingers.delete(event.pointerId) || event.type === "pointercancel") return;
    if (this.fingers.size) return this.begin(true); // the finger that stays draws from where it is
    const [dx, dy] = [event.clientX - this.start.x, event.clientY - this.start.y];
    if (this.start.many) return undefined;
    if (this.scale === 1 && Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(dy)) this.show(this.index - Math.sign(dx));
    else if (Math.abs(dx) < TAP_PX && Math.abs(dy) < TAP_PX) this.tapped(event);
    else this.place(this.scale, this.x, this.y);
    return undefined;
  }

  /** One tap leaves, two come closer to what was tapped. */
  tapped({ clientX, clientY }) {
    if (this.tapTimer) {
      clearTimeout(this.tapTimer);
      this.tapTimer = 0;
      const away = (middle, at) => (middle - at) * (CLOSER - 1);
      if (this.scale > 1) this.place(1, 0, 0);
      else this.place(CLOSER, away(window.innerWidth / 2, clientX), away(window.innerHeight / 2, clientY));
    } else {
      this.tapTimer = setTimeout(() => {
        this.tapTimer = 0;
        if (this.scale === 1) this.leave();
      }, DOUBLE_TAP_MS);
    }
  }

  /** What was between the fingers stays between them. */
  pinch() {
    const { left, top, x, y, scale, spread } = this.start;
    const closer = Math.max(1, Math.min(CLOSEST, (scale * this.spread()) / spread));
    const [at, down] = this.middle();
    const [middle, centre] = [window.innerWidth / 2, window.innerHeight / 2];
    this.place(closer, at - middle - ((x - middle - left) * closer) / scale,
      down - centre - ((y - centre - top) * closer) / scale);
  }

  /** The place between the fingers, or of the only one. */
  middle() {
    const all = Array.from(this.fingers.values());
    const mean = (side) => all.reduce((sum, finger) => sum + finger[side], 0) / all.length;
    return [mean("x"), mean("y")];
  }

  spread() {
    const [a, b] = Array.from(this.fingers.values());
    return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }

  close() {
    window.removeEventListener("keydown", this.onKey);
    this.box.remove();
    if (this.before && this.before.isConnected) this.before.focus({ preventScroll: true });
    this.closed();
    if (this.asks) this.asks();
  }
}
