/** Where the member writes and speaks: draft, what is chosen, send. Keeps all until it is queued. */

import { fill, h, icon } from "./dom.js";
import { length } from "./format.js";
import { describe } from "./items.js";
import { part } from "./lazy.js";
import { prepare } from "./photo.js";
import { sheet, toast } from "./sheet.js";
import { t } from "./i18n.js";

const MAX_TEXT_CHARS = 4000;
const MAX_PHOTOS = 9;
const TYPING_EVERY_MS = 2500;
const TYPING_ENDS_MS = 4000;

export class Composer {
  /**
   * @param {import("./client.js").Client} client
   * @param {() => void} sent called before the message appears
   */
  constructor(client, sent) {
    this.client = client;
    this.sent = sent;
    /** @type {Array<{photo: import("./store.js").Photo, address: string}>} */
    this.chosen = [];
    /** How many more are being made ready; what is sent waits for them, so that an album stays whole. */
    this.coming = 0;
    /** What was chosen later is made ready later. */
    this.tail = Promise.resolve();
    /** What is answered. @type {import("./bubble.js").Quote|null} */
    this.quote = null;
    this.lastTyping = 0;
    this.build();
    this.box.value = client.store.draft;
    requestAnimationFrame(() => this.resize());
  }

  build() {
    this.box = h("textarea", { rows: "1", placeholder: t("composer.placeholder"), "aria-label": t("composer.label"),
      enterkeyhint: "send", autocomplete: "off", dir: "auto" });
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("blur", () => this.stopTyping());
    this.box.addEventListener("keydown", (event) => this.pressed(event));
    this.box.addEventListener("paste", (event) => this.pasted(event));
    this.album = this.picker({ multiple: true });
    this.camera = this.picker({ capture: "environment" });
    this.films = this.picker({ accept: "video/*" });
    this.filming = this.picker({ accept: "video/*", capture: "environment" });
    this.sounds = this.picker({ accept: "audio/*", capture: true });
    this.answering = h("div", { hidden: true });
    this.tray = h("div", { class: "tray", hidden: true });
    this.limit = h("p", { class: "limit", role: "status", hidden: true });
    this.button = h("button", { class: "send", type: "submit", "aria-label": t("composer.send") }, icon("send"));
    const plus = h("button", { class: "round", type: "button", "aria-label": t("composer.more"),
      onclick: () => this.offer() }, icon("plus"));
    this.voice = h("button", { class: "speak", type: "button", text: t("voice.button") });
    this.voice.addEventListener("pointerdown", (event) => this.speakDown(event));
    // A pointer has been heard of already; this is the keyboard's or a screen reader's.
    this.voice.addEventListener("click", (event) => { if (!hears() || !event.detail) this.speak(afar()); });
    this.voice.addEventListener("contextmenu", (event) => event.preventDefault());
    this.row = h("form", { class: "row" }, plus, this.box, this.voice, this.button, this.album, this.camera,
      this.films, this.filming, this.sounds);
    // Pressing the button must not close the keyboard.
    this.button.addEventListener("pointerdown", (event) => event.preventDefault());
    this.row.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.element = h("footer", { class: "composer" }, this.answering, this.tray, this.limit, this.row);
  }

  picker(more) {
    const input = h("input", Object.assign({ type: "file", accept: "image/*", class: "unseen", tabindex: "-1",
      "aria-hidden": "true" }, more));
    input.addEventListener("change", () => {
      this.take(Array.from(input.files));
      input.value = "";
    });
    return input;
  }

  offer() {
    sheet(t("composer.more"), [
      { text: t("composer.album"), act: () => this.album.click() },
      { text: t("composer.camera"), act: () => this.camera.click() },
      { text: t("video.choose"), act: () => this.films.click() },
      { text: t("video.record"), act: () => this.filming.click() },
    ]);
  }

  /** Answer a message: it stands above the words until they are sent. @param {import("./bubble.js").Item} item */
  answer(item, asks, photo = {}) {
    const who = t(item.mine ? "quote.me" : "quote.shop");
    const text = (asks && item.question.text) || photo.caption || item.text || describe(item);
    this.quote = { id: item.id, who, text, gone: false, asks, photo };
    this.renderQuote();
    this.box.focus();
  }

  renderQuote() {
    const { quote } = this;
    fill(this.answering);
    this.answering.hidden = !quote;
    if (!quote) return;
    const drop = () => { this.quote = null; this.renderQuote(); this.box.focus(); };
    part("quoting").then(({ strip }) => { if (this.quote === quote) fill(this.answering, strip(quote, drop)); }, () => {});
  }

  /** A finger on the button: held while speaking, or lifted at once to speak freely. */
  speakDown(event) {
    if (!hears() || event.button > 0 || this.voice.disabled) return;
    const press = { down: true, rise: 0, lost: false, changed: () => {} };
    const moved = ({ clientY }) => { press.rise = event.clientY - clientY; press.changed(); };
    const ended = ({ type }) => {
      press.down = false;
      press.lost = type === "pointercancel";
      for (const [name, heard] of heardOf) this.voice.removeEventListener(name, heard);
      press.changed();
    };
    const heardOf = [["pointermove", moved], ["pointerup", ended], ["pointercancel", ended]];
    for (const [name, heard] of heardOf) this.voice.addEventListener(name, heard);
    this.voice.setPointerCapture(event.pointerId);
    this.speak(press);
  }

  /** @param {import("./recorder.js").Press} press */
  async speak(press) {
    if (!hears()) return this.sounds.click();
    if (this.recording) return undefined;
    this.recording = true;
    const recorder = await part("recorder").catch(() => null);
    try {
      if (!recorder) return toast(t("page.offline"));
      const sound = await recorder.record(this.row, press);
      if (sound) await this.deliver([["", [this.chose(sound)]]]);
    } catch (error) {
      if (error instanceof recorder.TooShort) toast(t("voice.too_short"));
      else sheet(t("voice.button"), [{ text: t("voice.other"), act: () => this.sounds.click() }],
        h("p", { class: "question", text: recorder.complaint(error) }));
    } finally {
      this.recording = false;
    }
    return undefined;
  }

  /** Something to send, with an address to show it by until then. @param {import("./store.js").Photo} photo */
  chose(photo) {
    return { photo, address: URL.createObjectURL(new Blob([photo.buffer], { type: photo.mime })) };
  }

  /** Sounds and films of the phone's own recorder and camera. @param {File} file */
  async takeRecording(file) {
    const sound = file.type.startsWith("audio/");
    const module = await part(sound ? "recorder" : "video").catch(() => null);
    if (!module) return toast(t("page.offline"));
    try {
      this.chosen.push(this.chose(await (sound ? module.fromFile(file) : module.prepareVideo(file))));
    } catch (error) {
      toast(module.Unfit && error instanceof module.Unfit ? error.message : t("voice.unreadable"));
    }
    return undefined;
  }

  /** @param {File} file */
  async takePhoto(file) {
    const photo = await prepare(file).catch(() => null);
    if (!photo) toast(t("composer.unreadable"));
    else this.chosen.push(this.chose(photo));
  }

  /** @param {File[]} files */
  take(files) {
    const recording = files.find((file) => /^(audio|video)\//.test(file.type));
    const room = Math.max(0, MAX_PHOTOS - this.chosen.length - this.coming);
    const wanted = recording ? [recording] : files.slice(0, room);
    if (!recording && files.length > room) toast(t("composer.too_many", { n: MAX_PHOTOS }));
    this.coming += wanted.length;
    this.renderTray();
    this.tray.scrollLeft = this.tray.scrollWidth;
    for (const file of wanted) {
      const done = () => { this.coming--; this.renderTray(); };
      this.tail = this.tail.then(() => (recording ? this.takeRecording(file) : this.takePhoto(file))).then(done, done);
    }
  }

  renderTray() {
    fill(this.tray, ...this.chosen.map((one, index) => h("div", { class: "tile" },
      chip(one, index),
      h("button", { type: "button", "aria-label": t("photo.remove", { n: index + 1 }), onclick: () => {
        URL.revokeObjectURL(one.address);
        this.chosen.splice(index, 1);
        this.renderTray();
      } }, icon("close")))), ...Array.from({ length: this.coming }, () =>
      h("div", { class: "tile" }, h("div", { class: "chip", role: "status", "aria-label": t("composer.coming") }, h("span", { class: "spinner" })))));
    this.tray.hidden = !this.chosen.length && !this.coming;
    this.render();
  }

  /** What is answered may be taken back meanwhile: not a word of it stays. */
  forgetRecalled() {
    const row = this.quote && this.client.message(this.quote.id);
    if (!row || !row.recalled_at) return;
    this.quote = null;
    this.renderQuote();
  }

  render() {
    this.forgetRecalled();
    const length = Array.from(this.box.value).length;
    const over = length > MAX_TEXT_CHARS;
    this.limit.hidden = length < MAX_TEXT_CHARS - 200;
    this.limit.textContent = t(over ? "composer.too_long" : "composer.left", { n: Math.abs(MAX_TEXT_CHARS - length) });
    this.limit.classList.toggle("over", over);
    const ready = Boolean(this.client.chatId) && !over && !this.coming && (this.box.value.trim() || this.chosen.length);
    this.button.disabled = !ready;
    const silent = !this.box.value && !this.chosen.length && !this.coming;
    this.voice.hidden = !silent;
    this.button.hidden = silent;
    this.voice.disabled = !this.client.chatId;
  }

  resize() {
    this.box.style.height = "auto";
    this.box.style.height = Math.min(this.box.scrollHeight, 132) + "px";
    this.render();
  }

  typed() {
    this.resize();
    this.keepDraft();
    const now = Date.now();
    if (now - this.lastTyping > TYPING_EVERY_MS) {
      this.lastTyping = now;
      this.client.signalTyping(true);
    }
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => this.stopTyping(), TYPING_ENDS_MS);
  }

  /** Go on with what was begun in another, which is no longer shown. @param {Composer} other */
  async goOnWith(other) {
    this.quote = other.quote;
    this.renderQuote();
    await other.tail;
    this.chosen = other.chosen.concat(this.chosen);
    this.renderTray();
  }

  stopTyping() {
    clearTimeout(this.typingTimer);
    if (this.lastTyping) this.client.signalTyping(false);
    this.lastTyping = 0;
  }

  keepDraft() {
    this.client.store.draft = this.box.value;
  }

  /** Enter sends, but never while an input method is composing. */
  pressed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.submit();
  }

  pasted(event) {
    const files = Array.from((event.clipboardData && event.clipboardData.files) || []);
    const pictures = files.filter((file) => file.type.startsWith("image/"));
    if (!pictures.length) return;
    event.preventDefault();
    this.take(pictures);
  }

  async submit() {
    if (this.button.disabled) return;
    const [text, chosen] = [this.box.value.trim(), this.chosen];
    this.box.value = "";
    this.chosen = [];
    this.renderTray();
    this.resize();
    this.stopTyping();
    // A voice and a video are messages of their own.
    const messages = chosen.filter((one) => one.photo.kind).map((one) => ["", [one]]);
    const photos = chosen.filter((one) => !one.photo.kind);
    // Words that answer a question are a message of their own, too.
    if (text && photos.length && this.quote && this.quote.asks) messages.push([text, []], ["", photos]);
    else if (text || photos.length) messages.push([text, photos]);
    await this.deliver(messages);
  }

  /** @param {Array<[string, Array<{photo: import("./store.js").Photo, address: string}>]>} messages */
  async deliver(messages) {
    this.sent();
    const { quote } = this;
    this.quote = null;
    this.renderQuote();
    let reply = quote ? quote.id : 0;
    while (messages.length) {
      const [text, chosen] = messages[0];
      try {
        await this.client.send(text, chosen.map((one) => one.photo), reply, reply && quote);
      } catch (_) {
        return this.restore(messages, reply ? quote : null);
      }
      for (const one of chosen) URL.revokeObjectURL(one.address);
      messages.shift();
      reply = 0;
    }
    return this.keepDraft();
  }

  /** Storage is full or gone: what was to be sent stays where it was. */
  restore(messages, quote) {
    this.box.value = [...messages.map(([text]) => text), this.box.value].filter(Boolean).join("\n");
    this.chosen = [].concat(...messages.map(([, chosen]) => chosen), this.chosen);
    this.quote = this.quote || quote;
    this.renderQuote();
    this.renderTray();
    this.resize();
    toast(t("storage.full"));
  }

  close() {
    this.stopTyping();
  }
}

/** Whether the page itself may use the microphone; plain http and in-app browsers give none. */
function hears() {
  return Boolean(navigator.mediaDevices && navigator.mediaDevices.getUserMedia && window.MediaRecorder);
}

/** A press without a finger. @returns {import("./recorder.js").Press} */
function afar() {
  return { down: false, rise: 0, lost: false, changed: () => {} };
}

/** What waits to be sent, small. */
function chip({ photo, address }, index) {
  const { kind, poster, duration_ms } = photo;
  if (!kind) return thumbnail(address, t("photo.number", { n: index + 1 }));
  const time = duration_ms ? length(duration_ms) : "";
  return h("div", { class: "chip" }, poster && h("img", { src: poster, alt: "" }), h("span", { text: t("gist." + kind, { time }) }));
}

/** A photo that this browser cannot show, such as HEIC, stands there by its name; the relay makes it. */
function thumbnail(address, name) {
  const image = h("img", { src: address, alt: name });
  image.addEventListener("error", () => image.replaceWith(h("div", { class: "chip" }, h("span", { text: name }))));
  return image;
}
