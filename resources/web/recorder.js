/**
 * Speaking into the phone: held down or switched on, with what is heard as bars, sent on release
 * or thrown away by sliding up.  Knows the microphone and its own panel; sends nothing.
 *
 * @typedef {{down: boolean, rise: number, lost: boolean, changed: () => void}} Press the finger on
 *     the button: whether it is still there, how far up it slid, whether the system took it away
 * @typedef {import("./store.js").Photo} Sound
 */

import { h, icon } from "./dom.js";
import { bytes } from "./photo.js";
import { length } from "./format.js";
import { t } from "./i18n.js";
import { uuid7 } from "./ids.js";

const MAX_MS = 5 * 60 * 1000;
const SHORTEST_MS = 700;
const HOLD_MS = 350;
const CANCEL_PX = 70;
const LISTEN_MS = 60;
const BARS = 26;
const DIGITS = 64;
/** A speaking voice on a phone fills the bars at about this level (of full scale). */
const LOUD = 0.25;
const BITS_PER_S = 32000;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/webm", "audio/ogg;codecs=opus"];
const STOP = "M7 7h10v10H7z";

/**
 * Record; resolves with what was said, or null when it was thrown away.
 * @param {HTMLElement} place the panel lies over it
 * @param {Press} press
 * @returns {Promise<Sound|null>}
 * @throws {DOMException} no microphone, or it may not be used
 */
export async function record(place, press) {
  const recording = new Recording(place, press);
  try {
    await recording.begin();
  } catch (error) {
    recording.close();
    throw error;
  }
  return recording.result;
}

/** The sentence for an error of `record`. */
export function complaint(error) {
  const missing = ["NotFoundError", "OverconstrainedError"].includes(error && error.name);
  return t(missing ? "voice.no_microphone" : "voice.denied");
}

/** Spoken too shortly to be meant; a tap while holding was expected, say. */
export class TooShort extends Error {}

/** A file of the phone's own recorder as something to send. @param {File} file */
export async function fromFile(file) {
  return sound(await bytes(file), file.type || "audio/mp4", await lengthOf(file), "");
}

function sound(buffer, mime, duration_ms, waveform) {
  return { client_id: uuid7(), buffer, mime, width: 0, height: 0, kind: "voice", duration_ms, waveform };
}

/** 0 when the browser cannot say; the relay will. */
function lengthOf(file) {
  return new Promise((resolve) => {
    const audio = new Audio();
    const done = (ms) => { URL.revokeObjectURL(audio.src); resolve(ms); };
    audio.onloadedmetadata = () => done(Number.isFinite(audio.duration) ? Math.round(audio.duration * 1000) : 0);
    audio.onerror = () => done(0);
    audio.src = URL.createObjectURL(file);
  });
}

class Recording {
  constructor(place, press) {
    this.press = press;
    this.began = Date.now();
    this.startedAt = 0;
    this.took = 0;
    /** @type {number[]} how loud it was, 0..1, every LISTEN_MS */
    this.levels = [];
    this.pieces = [];
    this.held = press.down;
    this.result = new Promise((resolve, reject) => { this.resolve = resolve; this.reject = reject; });
    this.build();
    place.append(this.panel);
    press.changed = () => this.pressed();
    this.onHidden = () => { if (document.visibilityState === "hidden") this.stop(); };
    document.addEventListener("visibilitychange", this.onHidden);
    this.show();
  }

  build() {
    this.time = h("span", { class: "time", role: "timer" });
    this.hint = h("p", { class: "hint", role: "status" });
    this.meter = h("div", { class: "meter", "aria-hidden": "true" }, ...Array.from({ length: BARS }, () => h("i", {})));
    this.away = h("button", { class: "round", type: "button", "aria-label": t("voice.cancel"), onclick: () => this.cancel() }, icon("close"));
    this.halt = h("button", { class: "round halt", type: "button", "aria-label": t("voice.stop"), onclick: () => this.stop() }, icon(STOP));
    this.go = h("button", { class: "send", type: "button", "aria-label": t("composer.send"), onclick: () => this.send() }, icon("send"));
    this.panel = h("div", { class: "recording", role: "group", "aria-label": t("voice.recording") },
      this.away, h("div", { class: "heard" }, h("div", { class: "sound" }, h("i", { class: "red" }), this.time, this.meter), this.hint),
      this.halt, this.go);
  }

  async begin() {
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
    if (this.closed) return this.silence();
    const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
    this.recorder = new MediaRecorder(this.stream, Object.assign({ audioBitsPerSecond: BITS_PER_S }, type && { mimeType: type }));
    this.stopped = new Promise((resolve) => { this.recorder.onstop = resolve; });
    this.recorder.ondataavailable = ({ data }) => { if (data.size) this.pieces.push(data); };
    this.recorder.start(1000);
    this.startedAt = Date.now();
    this.listen();
    this.timer = setInterval(() => this.tick(), LISTEN_MS);
    this.show();
  }

  /** How loud it is, for the bars; without Web Audio there are none. */
  listen() {
    const Context = window.AudioContext || window.webkitAudioContext;
    if (!Context) return;
    this.context = new Context();
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 2048;
    this.samples = new Uint8Array(this.analyser.fftSize);
    this.context.createMediaStreamSource(this.stream).connect(this.analyser);
  }

  level() {
    if (!this.analyser) return 0;
    this.analyser.getByteTimeDomainData(this.samples);
    let sum = 0;
    for (const sample of this.samples) sum += ((sample - 128) / 128) ** 2;
    return Math.min(1, Math.sqrt(sum / this.samples.length) / LOUD);
  }

  tick() {
    this.levels.push(this.level());
    const last = this.levels.slice(-BARS);
    Array.from(this.meter.children).forEach((bar, n) => {
      bar.style.transform = `scaleY(${Math.max(0.08, last[n - BARS + last.length] || 0).toFixed(2)})`;
    });
    this.took = Date.now() - this.startedAt;
    this.time.textContent = length(this.took);
    if (this.took >= MAX_MS) this.stop();
  }

  get running() { return Boolean(this.recorder) && this.recorder.state !== "inactive"; }

  pressed() {
    if (this.context && this.context.state === "suspended") this.context.resume();
    if (!this.held || this.press.down) return this.show();
    this.held = false;
    // A tap, or a finger that let go while the phone was still asking: it goes on by itself.
    const tapped = Date.now() - this.began < HOLD_MS || !this.startedAt;
    if (this.press.lost || tapped) return this.show();
    return this.press.rise > CANCEL_PX ? this.cancel() : this.send();
  }

  show() {
    const away = this.held && this.press.rise > CANCEL_PX;
    this.panel.classList.toggle("away", away);
    this.panel.classList.toggle("held", this.held);
    this.halt.hidden = this.held || !this.running;
    this.go.disabled = !this.startedAt;
    const full = !this.running && this.took >= MAX_MS;
    const key = !this.startedAt ? "voice.asking" : full ? "voice.full" : away ? "voice.let_go" : this.held ? "voice.hold" : "voice.free";
    this.hint.textContent = t(key);
    this.time.textContent = length(this.took);
  }

  /** Nothing more is heard; what was said waits to be sent. */
  stop() {
    if (!this.running) return;
    clearInterval(this.timer);
    this.took = Math.min(MAX_MS, Date.now() - this.startedAt);
    this.recorder.stop();
    this.silence();
    this.panel.classList.add("stopped");
    this.show();
  }

  async send() {
    if (this.sending || !this.recorder) return;
    this.sending = true;
    this.stop();
    await this.stopped;
    const blob = new Blob(this.pieces, { type: this.recorder.mimeType });
    this.close();
    if (this.took < SHORTEST_MS || !blob.size) return this.reject(new TooShort());
    return this.resolve(sound(await bytes(blob), blob.type, this.took, waveform(this.levels)));
  }

  cancel() {
    if (this.running) this.stop();
    this.close();
    this.resolve(null);
  }

  close() {
    this.closed = true;
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.onHidden);
    this.press.changed = () => {};
    this.silence();
    this.panel.remove();
  }

  silence() {
    if (this.stream) for (const track of this.stream.getTracks()) track.stop();
    if (this.context && this.context.state !== "closed") this.context.close();
    this.analyser = null;
  }
}

/** The loudest of each stretch as a hexadecimal digit. @param {number[]} levels */
function waveform(levels) {
  const count = Math.min(DIGITS, levels.length);
  return Array.from({ length: count }, (_, n) => {
    const part = levels.slice(Math.floor((n * levels.length) / count), Math.floor(((n + 1) * levels.length) / count));
    return Math.round(Math.max(0, ...part) * 15).toString(16);
  }).join("");
}
