/**
 * One phone at work: joins session, link, store, outbox and tabs, and offers the screens what
 * they may call.  Draws nothing.
 *
 * @typedef {import("./outbox.js").Entry} Entry
 * @typedef {import("./wire.js").Row} Row
 * @typedef {{joined: boolean, member_id?: number, state?: string, name?: string}} Me
 */

import { Link } from "./link.js";
import { Outbox } from "./outbox.js";
import { Session } from "./wire.js";
import { Tabs } from "./tabs.js";
import { get, post } from "./http.js";
import { upload } from "./uploads.js";
import { uuid7 } from "./ids.js";

export const RECALL_MS = 2 * 60 * 1000;
const OLDER_ROWS = 60;
const OLDER_LIMIT_MS = 15000;
const OLDER_AGAIN_MS = 3000;
const TYPING_SHOWN_MS = 6000;

const ANSWER = "question.answer";

/** Whether it is a message of hers. @param {Entry} entry */
const says = ({ name, text }) => name === "message.send" || (name === ANSWER && text);

export class Client {
  /**
   * @param {import("./store.js").Store} store
   * @param {{left: () => void}} owner `left`: this phone is no longer joined
   */
  constructor(store, owner) {
    this.store = store;
    this.owner = owner;
    this.listeners = new Set();
    this.pending = false;
    this.session = new Session();
    this.clockSkewMs = 0;
    /** @type {"connecting"|"open"|"offline"|"refused"|"update"} */
    this.phase = "connecting";
    /** Newest message of a conversation read on this screen, and when. */
    this.read = { chat: 0, seq: 0, at: "" };
    this.reported = { delivered: 0, read: 0 };
    /** Messages fetched from before the replica's time; not kept. @type {Map<number, Row>} */
    this.older = new Map();
    this.olderEnded = false;
    this.olderAsked = false;
    /** What is answered here, from before that. @type {Map<number, Row|undefined>} */
    this.quoted = new Map();
    this.typing = { name: "", until: 0 };
    this.link = new Link({
      hello: async () => this.session.hello(await store.confirmed()),
      received: (frame) => this.received(frame),
      phased: (phase) => this.phased(phase),
    });
    this.outbox = new Outbox(store, {
      send: (text) => this.link.send(text),
      upload: (entry, progress) => this.uploadPhotos(entry, progress),
      changed: () => this.changed(),
      announce: () => this.tabs && this.tabs.announce("outbox"),
    });
    /** @type {Tabs|null} */
    this.tabs = null;
  }

  /** Show what is kept, then connect. */
  async start() {
    const { sync, rows } = await this.store.load();
    this.session = new Session(sync, rows);
    this.read = (await this.store.value("read")) || this.read;
    await this.outbox.reload();
    this.tabs = new Tabs({
      led: (leading) => this.outbox.lead(leading),
      told: (word) => { if (word === "outbox") this.outbox.reload(); else this.owner.left(); },
    });
    this.link.start();
  }

  /** Call back after anything changed, once for changes that come together. */
  onChange(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed() {
    if (this.pending) return;
    this.pending = true;
    Promise.resolve().then(() => {
      this.pending = false;
      for (const listener of this.listeners) listener();
    });
  }

  // --- what the screens ask ---------------------------------------------------------------

  get chatId() { return this.session.key("chat"); }

  /** @returns {Row|undefined} the member who holds this phone */
  get member() {
    const id = this.session.key("self");
    return this.session.rows("member").find((row) => row.id === id);
  }

  get shop() { return this.session.rows("shop")[0]; }

  /** The relay's time by this phone's clock, in milliseconds. */
  now() { return Date.now() + this.clockSkewMs; }

  /** Messages in order, without those a page has not reached yet. @returns {Row[]} */
  messages() {
    const floor = this.session.sync.floors[this.session.scope("chat")] || 0;
    const rows = this.session.rows("message").filter((row) => row.seq >= floor);
    const held = new Set(rows.map((row) => row.id));
    for (const row of this.older.values()) if (!held.has(row.id)) rows.push(row);
    return rows.sort((a, b) => a.seq - b.seq);
  }

  /** A message by the relay's id, when this phone has it. @returns {Row|undefined} */
  message(id) {
    return this.session.row("message", id) || this.older.get(id) || this.quoted.get(id);
  }

  /** A message that is answered, but lies before what this phone has; shown once it has come. */
  async fetchQuoted(id) {
    if (this.phase !== "open" || this.quoted.has(id)) return;
    const { quoted } = this;
    quoted.set(id, undefined);
    try {
      const { rows } = await get(`/api/messages?conversation=${this.chatId}&id=${id}`);
      quoted.set(id, rows[0]);
      this.changed();
    } catch (_) {
      quoted.delete(id); // asked again with the next change
    }
  }

  /** Own messages that are not among the rows yet. @returns {Entry[]} */
  unsent() {
    const shown = new Set(this.session.rows("message").map((row) => row.client_id));
    return this.outbox.entries.filter((entry) => says(entry) && !shown.has(entry.client_id));
  }

  /** Waiting recalls, by the message they are about. @returns {Set<string>} */
  recalls() {
    const open = this.outbox.entries.filter((entry) => entry.name === "message.recall" && entry.state !== "failed");
    return new Set(open.map((entry) => entry.client_id));
  }

  /** How far the shop has read. */
  shopRead() {
    const staff = this.session.rows("participant").filter((row) => row.staff_id);
    return staff.reduce((most, row) => Math.max(most, row.read_seq || 0), 0);
  }

  /** Whether commands of a kind wait, such as a switch that was just turned. */
  waiting(name) {
    const found = this.outbox.entries.filter((entry) => entry.name === name && entry.state !== "failed");
    return found.length ? JSON.parse(found[found.length - 1].body) : null;
  }

  get hasOlder() {
    const scope = this.session.scope("chat");
    if (this.session.sync.paging[scope]) return true;
    const first = this.messages()[0];
    return Boolean(first && first.seq > 1 && !this.olderEnded);
  }

  // --- what the screens do ----------------------------------------------------------------

  /**
   * @param {string} text
   * @param {import("./store.js").Photo[]} photos
   * @param {number} [reply_to] id of the message it answers
   * @param {{asks?: boolean, photo: {id?: number}}} [quote] how: its question, or one of its photos
   */
  send(text, photos, reply_to, quote) {
    const client_id = uuid7();
    if (quote && quote.asks && text) return this.outbox.add(ANSWER, { message_id: reply_to, text, client_id }, { lane: this.lane, client_id, text });
    const uploads = photos.map((photo) => photo.client_id);
    const body = { conversation_id: this.chatId, client_id, body: text };
    if (uploads.length) body.uploads = uploads;
    if (reply_to) Object.assign(body, { reply_to, reply_media: quote && quote.photo.id });
    return this.outbox.add("message.send", body, { lane: this.lane, client_id, text, photos });
  }

  get lane() { return "chat/" + this.chatId; }

  /** Take an own message back; one that never left is simply dropped. */
  recall(clientId) {
    const entry = this.outbox.entries.find((one) => one.client_id === clientId && says(one));
    if (entry && entry.state === "queued" && !this.outbox.busy.has(entry.n)) return this.outbox.remove(entry);
    return this.outbox.add("message.recall", { client_id: clientId }, { lane: this.lane, client_id: clientId });
  }

  /** Send a refused message anew, under a new number. @param {Entry} entry */
  async retry(entry, name = entry.name) {
    const body = JSON.parse(entry.body);
    const photos = await Promise.all(entry.photos.map((photo) => this.store.photo(photo.client_id)));
    const { client_id, text } = entry;
    Object.assign(body, { conversation_id: this.chatId, body: text });
    return this.outbox.add(name, body, { lane: this.lane, client_id, text, photos }, entry);
  }

  setMarketing(granted, text_hash) {
    return this.outbox.add("consent.set", { purpose: "marketing", granted, text_hash }, { lane: "self" });
  }

  setWeeklyCap(cap) {
    return this.outbox.add("member.set_weekly_cap", { cap }, { lane: "self" });
  }

  releaseHold(client_id) {
    return this.outbox.add("hold.release", { client_id }, { lane: "self", client_id });
  }

  /** Erase the member at the relay; the phone forgets her once that is acknowledged. */
  erase() {
    return this.outbox.add("member.erase", {}, { lane: "self" });
  }

  /** This phone forgets the member, who stays a member. */
  async leave() {
    await post("/api/leave", {});
    await this.forget();
  }

  /** Forget everything kept here. */
  async forget() {
    this.link.stop();
    await this.store.clear();
    if (this.tabs) this.tabs.announce("left");
    this.owner.left();
  }

  signalTyping(on) {
    this.link.send({ t: "signal", kind: "typing", conversation_id: this.chatId, on });
  }

  /** How far she has read here; a conversation that took another's place begins anew. */
  get readSeq() {
    return this.read.chat === this.chatId ? this.read.seq : 0;
  }

  /** A message was really seen. @param {number} seq */
  markRead(seq) {
    if (seq <= this.readSeq) return;
    this.read = { chat: this.chatId, seq, at: new Date(this.now()).toISOString() };
    this.store.setValue("read", this.read);
    this.report(false);
  }

  /** Ask for older messages, once at a time; whatever comes of it shows as a change. */
  loadOlder() {
    if (this.phase !== "open") return; // an open line is a change, too
    const scope = this.session.scope("chat");
    if (this.session.sync.paging[scope]) {
      const frame = this.session.more(scope);
      if (frame) this.link.send(frame);
    } else if (!this.olderAsked) this.fetchOlder();
  }

  /** From before the replica's time.  Without an answer: after a while it may be asked again. */
  async fetchOlder() {
    this.olderAsked = true;
    const { older } = this;
    const query = `conversation=${this.chatId}&before_seq=${this.messages()[0].seq}&limit=${OLDER_ROWS}`;
    const late = new Promise((_, reject) => setTimeout(reject, OLDER_LIMIT_MS));
    try {
      const { rows, has_older } = await Promise.race([get("/api/messages?" + query), late]);
      // Of a history or conversation that is no more, nothing is shown.
      if (older === this.older) {
        for (const row of rows) older.set(row.id, row);
        this.olderEnded = !has_older;
      }
    } catch (_) {
      await new Promise((resolve) => setTimeout(resolve, OLDER_AGAIN_MS));
    }
    this.olderAsked = false;
    this.changed();
  }

  // --- what the relay says ----------------------------------------------------------------

  received(frame) {
    if (frame.now) this.clockSkewMs = Date.parse(frame.now) - Date.now();
    const { frames, batch } = this.session.receive(frame);
    const saved = batch ? this.store.apply(batch) : Promise.resolve();
    for (const one of frames) this.link.send(one);
    if (frame.t === "welcome") this.welcomed();
    else if (frame.t === "reset" || frame.t === "forget") this.startAnew();
    else if (frame.t === "ack") this.acked(frame);
    else if (frame.t === "nack") this.nacked(frame);
    else if (frame.t === "signal") this.signalled(frame);
    if (batch) {
      // Received means kept: only then is it reported.
      saved.then(() => this.report(false), () => {});
      this.outbox.settle(this.session.rev);
      this.changed();
    }
  }

  welcomed() {
    this.reported = { delivered: 0, read: 0 };
    this.outbox.connected(true);
    this.report(true);
  }

  /** What was fetched or told of a history or conversation that is no more. */
  startAnew() {
    this.reported = { delivered: 0, read: 0 };
    this.older = new Map();
    this.quoted = new Map();
    this.olderEnded = false;
    this.read = { chat: 0, seq: 0, at: "" };
    this.store.setValue("read", this.read);
  }

  async acked(frame) {
    const entry = this.outbox.find(frame.n);
    await this.outbox.acked(frame);
    this.outbox.settle(this.session.rev);
    if (entry && entry.name === "member.erase") await this.forget();
  }

  /** Words for a conversation that another took the place of follow there; of a question that is over, they are a message. */
  nacked(frame) {
    const entry = this.outbox.find(frame.n);
    const gone = entry && says(entry) && frame.code === "not_found";
    if (gone && this.chatId && JSON.parse(entry.body).conversation_id !== this.chatId) return this.retry(entry, "message.send");
    return this.outbox.nacked(frame);
  }

  signalled(frame) {
    if (frame.kind !== "typing" || frame.sender_kind === "member") return;
    const until = frame.on === false ? 0 : Date.now() + TYPING_SHOWN_MS;
    this.typing = { name: frame.name || "", until };
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => this.changed(), TYPING_SHOWN_MS);
    this.changed();
  }

  async phased(phase) {
    this.phase = phase;
    if (phase !== "open") this.outbox.connected(false);
    this.changed();
    if (phase !== "refused") return;
    const me = await get("/api/me").catch(() => null);
    if (me && !me.joined) await this.forget();
  }

  /**
   * Tell the relay what arrived and what was read.  Repeating is harmless, so what it has not
   * shown back is told again with each connection.
   * @param {boolean} anew with the time of reading, since that was before this connection
   */
  report(anew) {
    const chat = this.chatId;
    if (!chat || this.phase !== "open") return;
    const own = this.session.rows("participant").find((row) => row.member_id) || {};
    const newest = this.session.rows("message").reduce((most, row) => Math.max(most, row.seq), 0);
    const delivered = Math.max(newest, own.delivered_seq || 0);
    const read = Math.max(this.readSeq, own.read_seq || 0);
    const known = (what, value) => value <= Math.max(own[what + "_seq"] || 0, this.reported[what]);
    if (known("delivered", delivered) && known("read", read)) return;
    const frame = { t: "seen", conversation_id: chat, delivered, read };
    if (anew && read === this.readSeq) frame.at = this.read.at;
    if (this.link.send(frame)) this.reported = { delivered, read };
  }

  async uploadPhotos(entry, progress) {
    const photos = await Promise.all(entry.photos.map((photo) => this.store.photo(photo.client_id)));
    const total = photos.reduce((sum, photo) => sum + photo.buffer.byteLength, 0);
    let before = 0;
    for (const photo of photos) {
      await upload(photo, (sent) => progress((before + sent) / total));
      before += photo.buffer.byteLength;
    }
  }
}
