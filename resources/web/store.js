/**
 * What survives a reload: rows with their cursors, the outbox, photos waiting to be sent and
 * a few values.  IndexedDB where the browser has it; otherwise memory, and `durable` says so.
 * Decides nothing about the protocol.
 *
 * @typedef {import("./wire.js").Batch} Batch
 * @typedef {import("./outbox.js").Entry} Entry
 * @typedef {Object} Photo what a message takes along: a photo, a voice or a video
 * @property {string} client_id
 * @property {ArrayBuffer} buffer
 * @property {string} mime
 * @property {number} width
 * @property {number} height
 * @property {"voice"|"video"} [kind] else it is a photo
 * @property {number} [duration_ms] of voice and video, 0 when this browser cannot tell
 * @property {string} [waveform] of a voice, hexadecimal digits
 * @property {string} [poster] of a video, as an address that holds the picture itself
 */

import { emptySync } from "./wire.js";
import { nextNumber } from "./ids.js";

const NAME = "hanger";
const VERSION = 1;
const DRAFT = "hanger-draft";
const KEYS = { rows: "key", values: "key", outbox: "n", photos: "client_id" };
const STORES = Object.keys(KEYS);
const OPEN_LIMIT_MS = 4000;

/** @param {IDBRequest} request */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** One object store inside a transaction, as promises. */
class IdbTable {
  constructor(store) { this.store = store; }
  get(key) { return settled(this.store.get(key)); }
  all() { return settled(this.store.getAll()); }
  put(value) { return settled(this.store.put(value)); }
  delete(key) { return settled(this.store.delete(key)); }
  clear() { return settled(this.store.clear()); }
}

class IdbBackend {
  constructor(db) { this.db = db; }

  async run(mode, work) {
    const transaction = this.db.transaction(STORES, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    try {
      const result = await work((name) => new IdbTable(transaction.objectStore(name)));
      await done;
      return result;
    } catch (error) {
      done.catch(() => {});
      try { transaction.abort(); } catch (_) { /* it has ended by itself */ }
      throw error;
    }
  }
}

class MemoryTable {
  constructor(key) { this.key = key; this.map = new Map(); }
  async get(key) { return this.map.get(key); }
  async all() { return Array.from(this.map.values()); }
  async put(value) { this.map.set(value[this.key], value); }
  async delete(key) { this.map.delete(key); }
  async clear() { this.map.clear(); }
}

class MemoryBackend {
  constructor() {
    this.tables = {};
    for (const name of STORES) this.tables[name] = new MemoryTable(KEYS[name]);
  }
  async run(_mode, work) { return work((name) => this.tables[name]); }
}

async function openDatabase() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    for (const name of STORES) request.result.createObjectStore(name, { keyPath: KEYS[name] });
  };
  // Some in-app browsers never answer.
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), OPEN_LIMIT_MS));
  const db = await Promise.race([settled(request), late]);
  db.onversionchange = () => db.close();
  return new IdbBackend(db);
}

/** @returns {Promise<Store>} */
export async function openStore() {
  try {
    const backend = await openDatabase();
    const store = new Store(backend, true);
    await store.setValue("probe", 1);
    return store;
  } catch (_) {
    return new Store(new MemoryBackend(), false);
  }
}

export class Store {
  /** @param {boolean} durable whether it outlives the page */
  constructor(backend, durable) {
    this.backend = backend;
    this.durable = durable;
    /** Writes happen in the order they were asked for. */
    this.tail = Promise.resolve();
  }

  read(work) { return this.backend.run("readonly", work); }

  write(work) {
    const result = this.tail.then(() => this.backend.run("readwrite", work));
    this.tail = result.catch(() => {});
    return result;
  }

  /** Rows and sync state as saved. */
  load() {
    return this.read(async (table) => {
      const rows = await table("rows").all();
      const sync = await table("values").get("sync");
      return { rows, sync: sync ? sync.value : emptySync() };
    });
  }

  /**
   * Save what a frame changed: rows and cursors in one transaction.  Another tab may have
   * come further, so rows obey the rev guard and cursors only grow within an epoch.
   * @param {Batch} batch
   */
  apply(batch) {
    const sync = JSON.parse(JSON.stringify(batch.sync));
    return this.write(async (table) => {
      if (batch.reset) await table("rows").clear();
      const saved = ((await table("values").get("sync")) || {}).value;
      // Another tab has started a new history that this one has not heard of yet.
      if (saved && saved.epoch && saved.epoch !== sync.epoch && !batch.reset) return;
      const same = saved && saved.epoch === sync.epoch && !batch.reset;
      for (const { table: name, scope, row } of batch.put) {
        const key = name + "/" + row.id;
        const held = same ? await table("rows").get(key) : null;
        if (!held || held.row.rev < row.rev) await table("rows").put({ key, table: name, scope, row });
      }
      for (const [name, id] of batch.drop) await table("rows").delete(name + "/" + id);
      await table("values").put({ key: "sync", value: same ? furthest(saved, sync) : sync });
    });
  }

  /**
   * Unsent words.  Kept where writing is done at once, since a page may be gone the moment
   * after a key was pressed.
   */
  get draft() {
    try { return localStorage.getItem(DRAFT) || ""; } catch (_) { return ""; }
  }

  set draft(text) {
    try { localStorage.setItem(DRAFT, text); } catch (_) { /* then it lives as long as the page */ }
  }

  async value(key) {
    const found = await this.read((table) => table("values").get(key));
    return found && found.value;
  }

  setValue(key, value) {
    return this.write((table) => table("values").put({ key, value }));
  }

  /** @returns {Promise<Entry[]>} in the order they were made */
  async entries() {
    const found = await this.read((table) => table("outbox").all());
    return found.sort((a, b) => a.n - b.n);
  }

  /**
   * Number an entry and keep it with its photos, in one transaction.
   * @param {Omit<Entry, "n">} draft
   * @param {Photo[]} photos
   * @param {Entry} [instead] forgotten in the same transaction; gone already: nothing is added
   * @returns {Promise<Entry|undefined>}
   */
  addEntry(draft, photos, instead) {
    return this.write(async (table) => {
      if (instead) {
        if (!(await table("outbox").get(instead.n))) return undefined;
        await table("outbox").delete(instead.n);
        for (const photo of instead.photos) await table("photos").delete(photo.client_id);
      }
      const last = ((await table("values").get("last_n")) || { value: 0 }).value;
      const entry = Object.assign({ n: nextNumber(last) }, draft);
      await table("values").put({ key: "last_n", value: entry.n });
      for (const photo of photos) await table("photos").put(photo);
      await table("outbox").put(entry);
      return entry;
    });
  }

  /**
   * Keep an entry's new state.  An entry removed meanwhile stays removed.
   * @param {Entry} entry
   */
  updateEntry(entry) {
    return this.write(async (table) => {
      if (await table("outbox").get(entry.n)) await table("outbox").put(entry);
    });
  }

  /** Forget a settled entry and its photos. @param {Entry} entry */
  removeEntry(entry) {
    return this.write(async (table) => {
      await table("outbox").delete(entry.n);
      for (const photo of entry.photos) await table("photos").delete(photo.client_id);
    });
  }

  /** Every number up to the result is settled on this device (0 when nothing can be said). */
  confirmed() {
    if (!this.durable) return Promise.resolve(0);
    return this.read(async (table) => {
      const open = (await table("outbox").all()).filter((entry) => entry.state !== "acked" && entry.state !== "failed");
      const last = ((await table("values").get("last_n")) || { value: 0 }).value;
      return open.length ? Math.min(...open.map((entry) => entry.n)) - 1 : last;
    });
  }

  /** @returns {Promise<Photo|undefined>} */
  photo(clientId) {
    return this.read((table) => table("photos").get(clientId));
  }

  /** Forget everything; command numbers go on. */
  clear() {
    this.draft = "";
    return this.write(async (table) => {
      const last = await table("values").get("last_n");
      for (const name of STORES) await table(name).clear();
      if (last) await table("values").put(last);
    });
  }
}

/** The greater cursor of each scope; a scope that was forgotten here stays forgotten. */
function furthest(saved, mine) {
  const cursors = {};
  for (const scope of Object.keys(mine.cursors)) {
    cursors[scope] = Math.max(mine.cursors[scope], saved.cursors[scope] || 0);
  }
  const ahead = saved.mark_rev > mine.mark_rev ? saved : mine;
  return Object.assign({}, mine, { cursors, mark_rev: ahead.mark_rev, mark: ahead.mark });
}
