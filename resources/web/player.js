/**
 * The one voice that can be heard: plays on while the list scrolls, is drawn anew or makes room
 * for another screen.  Knows elements only as what shows how far it came.
 *
 * @typedef {{playing: boolean, active: boolean, done: number, at_ms: number, rate: number}} Hearing
 *     `done`: 0..1 of its length
 */

import { t } from "./i18n.js";
import { toast } from "./sheet.js";

const RATES = [1, 1.5, 2];
const RATE_KEY = "hanger-voice-rate";

class Player {
  constructor() {
    this.key = "";
    this.duration_ms = 0;
    this.rate = remembered();
    /** @type {WeakMap<Element, (hearing: Hearing) => void>} */
    this.painters = new WeakMap();
    this.audio = null;
    this.frame = 0;
  }

  /** Show in `element` how the voice `key` is getting on, from now until it leaves the page. */
  attach(element, key, paint) {
    element.dataset.sound = key;
    this.painters.set(element, paint);
    paint(this.hearing(key));
  }

  /** @returns {Hearing} */
  hearing(key) {
    const active = key === this.key && Boolean(this.audio);
    const at_ms = active ? this.audio.currentTime * 1000 : 0;
    const whole = this.duration_ms || (active && this.audio.duration * 1000) || 0;
    const done = whole ? Math.min(1, at_ms / whole) : 0;
    return { active, playing: active && !this.audio.paused, at_ms, done, rate: this.rate };
  }

  /** Play, pause or go on. @param {{key: string, src: string, duration_ms: number}} sound */
  toggle(sound) {
    if (this.key !== sound.key) this.take(sound);
    else if (!this.audio.paused) return this.audio.pause();
    return this.play();
  }

  /** @param {number} share 0..1 */
  seek(sound, share) {
    if (this.key !== sound.key) this.take(sound);
    const whole = this.duration_ms / 1000 || this.audio.duration || 0;
    this.audio.currentTime = Math.max(0, Math.min(1, share)) * whole;
    this.paint();
  }

  /** The next speed, for all voices from now on. */
  faster() {
    this.rate = RATES[(RATES.indexOf(this.rate) + 1) % RATES.length];
    try { localStorage.setItem(RATE_KEY, String(this.rate)); } catch (_) { /* as long as the page */ }
    if (this.audio) this.audio.playbackRate = this.rate;
    this.paint();
  }

  /** Something else is to be heard. */
  pause() {
    if (this.audio) this.audio.pause();
  }

  take({ key, src, duration_ms }) {
    this.stop();
    this.key = key;
    this.duration_ms = duration_ms;
    const audio = (this.audio = new Audio());
    audio.preload = "auto";
    audio.src = src;
    for (const name of ["play", "pause", "seeked"]) audio.addEventListener(name, () => this.paint());
    audio.addEventListener("ended", () => this.stop());
    audio.addEventListener("error", () => {
      if (audio !== this.audio) return;
      this.stop();
      toast(t("voice.unplayable"));
    });
  }

  async play() {
    const audio = this.audio;
    for (const video of document.querySelectorAll("video")) video.pause();
    audio.playbackRate = this.rate;
    try {
      await audio.play();
    } catch (_) {
      return; // paused at once, or its own error has been said
    }
    audio.playbackRate = this.rate; // some browsers begin each file at 1
    this.tick();
  }

  stop() {
    const [audio, key] = [this.audio, this.key];
    this.audio = null;
    this.key = "";
    if (audio) audio.pause();
    this.paint(key);
  }

  tick() {
    cancelAnimationFrame(this.frame);
    if (!this.audio || this.audio.paused) return;
    // Taken back, or of a conversation that is no longer there.
    if (!this.paint()) return this.stop();
    this.frame = requestAnimationFrame(() => this.tick());
  }

  /** Whether anybody shows it. */
  paint(key = this.key) {
    const shown = key ? document.querySelectorAll(`[data-sound="${CSS.escape(key)}"]`) : [];
    for (const element of shown) this.painters.get(element)(this.hearing(key));
    return shown.length > 0;
  }
}

function remembered() {
  let kept = 1;
  try { kept = Number(localStorage.getItem(RATE_KEY)); } catch (_) { /* private mode */ }
  return RATES.includes(kept) ? kept : 1;
}

export const player = new Player();
