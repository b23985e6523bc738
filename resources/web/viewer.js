/**
 * Photos on the whole screen: swipe or arrow keys to the next, pinch or double tap to come
 * closer, tap, Esc or the phone's back to leave.
 */

import { h, icon } from "./dom.js";
import { t } from "./i18n.js";

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
 */
export function view(photos, first, closed) {
  return new Viewer(photos, first, closed);
}

class Viewer {
  constructor(photos, first, closed) {
    this.photos = photos;
    this.closed = closed;
    this.before = document.activeElement;
    /** @type {Map<number, {x: number, y: number}>} fingers on the screen */
    this.fingers = new Map();
    this.image = h("img", { draggable: "false" });
    this.figure = h("figure", {}, this.image);
    this.caption = h("figcaption", {});
    this.count = h("span", { class: "count", "aria-live": "polite" });
    const close = h("button", { class: "close", type: "button", "aria-label": t("close"), onclick: () => history.back() }, icon("close"));
    this.box = h("div", { class: "viewer", role: "dialog", "aria-modal": "true", "aria-label": t("photo.viewer") },
      this.figure, this.caption, this.count, close);
    this.onPop = () => this.close();
    this.onKey = (event) => this.pressed(event);
    this.listen();
    this.show(first);
    history.pushState({ viewer: true }, "");
    document.body.append(this.box);
    close.focus();
  }

  listen() {
    window.addEventListener("popstate", this.onPop);
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
    this.image.style.backgroundImage = `url("${small}")`;
    this.image.src = src;
    this.image.alt = alt;
    this.caption.textContent = caption || "";
    for (const next of [this.photos[this.index + 1], this.photos[this.index - 1]]) if (next) new Image().src = next.src;
    this.count.textContent = this.photos.length > 1 ? `${this.index + 1} / ${this.photos.length}` : "";
    this.place(1, 0, 0);
  }

  place(scale, x, y) {
    this.scale = Math.max(1, Math.min(CLOSEST, scale));
    // However far it is drawn, the photo still covers the middle of the screen.
    const [wide, high] = [this.image.offsetWidth * this.scale / 2, this.image.offsetHeight * this.scale / 2];
    const within = (value, most) => Math.max(-most, Math.min(most, value));
    [this.x, this.y] = this.scale === 1 ? [0, 0] : [within(x, wide), within(y, high)];
    this.image.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
  }

  pressed(event) {
    if (event.key === "Escape") history.back();
    else if (event.key === "ArrowRight") this.show(this.index + 1);
    else if (event.key === "ArrowLeft") this.show(this.index - 1);
    else if (event.key === "Tab") event.preventDefault();
  }

  down(event) {
    this.figure.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.start = { x: event.clientX, y: event.clientY, left: this.x, top: this.y, scale: this.scale,
      spread: this.spread(), many: this.fingers.size > 1 };
  }

  move(event) {
    if (!this.fingers.has(event.pointerId)) return;
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const { left, top, x, y, scale, spread } = this.start;
    if (this.fingers.size > 1 && spread) this.place((scale * this.spread()) / spread, left, top);
    else if (this.scale > 1) this.place(this.scale, left + event.clientX - x, top + event.clientY - y);
    else if (!this.start.many) this.image.style.transform = `translate(${event.clientX - x}px, 0)`; // the next follows the finger
  }

  up(event) {
    if (!this.fingers.delete(event.pointerId) || this.fingers.size || event.type === "pointercancel") return;
    const [dx, dy] = [event.clientX - this.start.x, event.clientY - this.start.y];
    if (this.start.many) return;
    if (this.scale === 1 && Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(dy)) this.show(this.index - Math.sign(dx));
    else if (Math.abs(dx) < TAP_PX && Math.abs(dy) < TAP_PX) this.tapped(event);
    else this.place(this.scale, this.x, this.y);
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
        if (this.scale === 1) history.back();
      }, DOUBLE_TAP_MS);
    }
  }

  spread() {
    const [a, b] = Array.from(this.fingers.values());
    return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }

  close() {
    window.removeEventListener("popstate", this.onPop);
    window.removeEventListener("keydown", this.onKey);
    this.box.remove();
    if (this.before && this.before.isConnected) this.before.focus({ preventScroll: true });
    this.closed();
  }
}
