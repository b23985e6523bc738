/**
 * Commands that wait for the relay.  Each is kept with its exact bytes and its own number, so
 * that sending it twice has one effect; lanes are strict, independent of each other.  Only the
 * tab that leads sends.  Knows no socket: `send` and `upload` are given.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./store.js").Photo} Photo
 * @typedef {Object} Entry
 * @property {number} n the device's own number of the command
 * @property {string} lane what it must stay in order with
 * @property {string} name
 * @property {string} body JSON as it was first encoded, never encoded again
 * @property {string} client_id what it makes or is about
 * @property {string} text shown until the relay's row is here
 * @property {Array<Omit<Photo, "buffer"|"mime">>} photos what goes up before it
 * @property {number} at milliseconds since 1970
 * @property {"queued"|"sent"|"acked"|"failed"} state
 * @property {number} rev commit that shows its effect, once acked
 * @property {string} code why it failed
 * @property {Object} parameters
 */

import { ApiError } from "./http.js";

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 20000;

export class Outbox {
  /**
   * @param {Store} store
   * @param {Object} owner
   * @param {(text: string) => boolean} owner.send false when the line is down
   * @param {(entry: Entry, progress: (done: number) => void) => Promise<void>} owner.upload
   * @param {() => void} owner.changed
   * @param {() => void} owner.announce tell the other tabs to look
   */
  constructor(store, owner) {
    this.store = store;
    this.owner = owner;
    /** @type {Entry[]} */
    this.entries = [];
    /** @type {Map<number, number>} share of a photo that is up, by entry */
    this.progress = new Map();
    /** @type {Set<number>} numbers being worked on in this connection */
    this.busy = new Set();
    this.leading = false;
    this.online = false;
    this.confirmed = 0;
    this.failures = 0;
    this.retry = 0;
    /** Grows with each connection; work begun in an older one is over. */
    this.round = 0;
  }

  /** Read what is kept, also by other tabs; work under way here goes on. */
  async reload() {
    const kept = await this.store.entries();
    const known = new Map(this.entries.map((entry) => [entry.n, entry]));
    const numbers = new Set(kept.map((entry) => entry.n));
    // Retired by the tab that leads, but not yet among the rows of this one.
    const early = this.entries.filter((entry) => entry.state === "acked" && !numbers.has(entry.n));
    const merged = kept.map((entry) => Object.assign(known.get(entry.n) || {}, entry));
    this.entries = early.concat(merged).sort((a, b) => a.n - b.n);
    this.owner.changed();
    this.pump();
  }

  /**
   * Keep a command and send it when its turn comes.
   * @param {string} name
   * @param {Object} body
   * @param {{lane: string, client_id?: string, text?: string, photos?: Photo[]}} more
   * @param {Entry} [instead] a refused entry it takes the place of: one of both is always kept
   */
  async add(name, body, more, instead) {
    const photos = more.photos || [];
    const facts = photos.map((photo) => Object.assign({}, photo, { buffer: undefined, mime: undefined }));
    const entry = await this.store.addEntry({
      lane: more.lane, name, body: JSON.stringify(body), client_id: more.client_id || "",
      text: more.text || "", photos: facts, at: Date.now(), state: "queued", rev: 0, code: "",
      parameters: {},
    }, photos, instead);
    if (instead) this.dropped(instead);
    if (entry) this.entries.push(entry);
    this.entries.sort((a, b) => a.n - b.n);
    this.told();
    this.pump();
    return entry;
  }

  /** Forget an entry that was never sent, or that was refused. @param {Entry} entry */
  async remove(entry) {
    this.dropped(entry);
    await this.store.removeEntry(entry);
    this.told();
    this.pump();
  }

  /** No longer among those of this page. @param {Entry} entry */
  dropped(entry) {
    this.entries = this.entries.filter((other) => other.n !== entry.n);
    this.progress.delete(entry.n);
  }

  /** @param {boolean} leading */
  lead(leading) {
    this.leading = leading;
    if (leading) this.reload();
  }

  /** The line came or went. @param {boolean} online */
  connected(online) {
    this.online = online;
    this.round++;
    this.busy.clear();
    this.progress.clear();
    clearTimeout(this.retry);
    if (online) this.pump();
  }

  /** Begin with the first open entry of every lane. */
  pump() {
    if (!this.leading || !this.online) return;
    const lanes = new Set();
    for (const entry of this.entries) {
      const open = entry.state === "queued" || entry.state === "sent";
      if (!open || lanes.has(entry.lane)) continue;
      lanes.add(entry.lane);
      if (!this.busy.has(entry.n)) this.begin(entry, this.round);
    }
  }

  async begin(entry, round) {
    this.busy.add(entry.n);
    try {
      if (entry.photos.length) await this.uploadPhotos(entry, round);
      // Marked before it leaves: from here on it may have happened.
      if (entry.state !== "sent") await this.save(entry, { state: "sent" });
    } catch (error) {
      if (round === this.round) this.stumbled(entry, error);
      return;
    }
    if (round !== this.round || !this.entries.includes(entry)) return;
    this.owner.send(this.bytes(entry));
  }

  async uploadPhotos(entry, round) {
    const progress = (done) => {
      if (round !== this.round) throw new ApiError(0, "page.offline");
      this.progress.set(entry.n, done);
      this.owner.changed();
    };
    await this.owner.upload(entry, progress);
  }

  /** The frame as text: name and body are the same bytes at every attempt. */
  bytes(entry) {
    const { n, name, body } = entry;
    const head = `{"t":"command","n":${n},"name":${JSON.stringify(name)}`;
    return `${head},"body":${body},"confirmed":${this.confirmed}}`;
  }

  /** Something before the command went wrong: final when the relay says so, else later again. */
  stumbled(entry, error) {
    const passing = !(error instanceof ApiError) || error.status === 0 || error.status >= 500 ||
      error.status === 429 || error.status === 401;
    if (passing) this.later(entry);
    else this.failed(entry, error.code, error.parameters);
  }

  later(entry) {
    this.busy.delete(entry.n);
    clearTimeout(this.retry);
    const delay = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures++);
    this.retry = setTimeout(() => this.pump(), delay * (0.5 + Math.random() / 2));
  }

  find(n) {
    return this.entries.find((entry) => entry.n === n);
  }

  /** @param {{n: number, rev: number}} frame */
  async acked(frame) {
    const entry = this.find(frame.n);
    this.busy.delete(frame.n);
    this.progress.delete(frame.n);
    this.failures = 0;
    if (entry) await this.save(entry, { state: "acked", rev: frame.rev });
    this.confirmed = await this.store.confirmed();
    this.pump();
  }

  /** @param {{n: number, code: string, parameters?: Object, final?: boolean}} frame */
  nacked(frame) {
    const entry = this.find(frame.n);
    this.busy.delete(frame.n);
    if (!entry) return undefined;
    if (frame.code === "command.pruned") return this.remove(entry); // settled long ago
    if (frame.final !== false) return this.failed(entry, frame.code, frame.parameters);
    return this.later(entry);
  }

  async failed(entry, code, parameters) {
    this.busy.delete(entry.n);
    this.progress.delete(entry.n);
    await this.save(entry, { state: "failed", code, parameters: parameters || {} });
    this.pump();
  }

  /**
   * Retire what the rows now show.
   * @param {number} rev commit up to which the rows here are whole
   */
  settle(rev) {
    const shown = this.entries.filter((entry) => entry.state === "acked" && entry.rev <= rev);
    if (!shown.length) return;
    this.entries = this.entries.filter((entry) => !shown.includes(entry));
    for (const entry of shown) this.store.removeEntry(entry);
    this.owner.announce();
  }

  async save(entry, change) {
    Object.assign(entry, change);
    await this.store.updateEntry(entry);
    this.told();
  }

  told() {
    this.owner.changed();
    this.owner.announce();
  }
}
