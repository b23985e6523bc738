/**
 * The session of one phone with the relay, without any input or output: frames go in, rows
 * and frames to send come out.  Knows scopes, cursors, paging and the rev guard; knows no
 * socket, no database and no screen.
 *
 * @typedef {{id: number, rev: number, [column: string]: any}} Row
 * @typedef {{table: string, scope: string, row: Row}} Kept   a row and the scope it came in
 * @typedef {{head: number, after: string}} Paging             a snapshot still being fetched
 * @typedef {Object} SyncState what `hello` needs; saved together with the rows it stands for
 * @property {string} epoch
 * @property {number} mark_rev
 * @property {string} mark
 * @property {Object<string, number>} cursors
 * @property {Object<string, Paging>} paging
 * @property {Object<string, number>} floors lowest message number a scope's pages reached
 * @typedef {Object} Batch what one frame changed, to be saved in one transaction
 * @property {boolean} reset drop everything saved before
 * @property {Kept[]} put
 * @property {Array<[string, number]>} drop table and id of rows that went
 * @property {SyncState} sync
 * @typedef {{frames: Object[], batch: Batch|null}} Outcome
 */

export const PROTOCOL = "hanger.v1";
const FIRST_PAGE_ROWS = 80;
const MAX_PAGE_ROWS = 500;

/** @returns {SyncState} */
export function emptySync() {
  return { epoch: "", mark_rev: 0, mark: "", cursors: {}, paging: {}, floors: {} };
}

export class Session {
  /**
   * @param {SyncState} [sync] as saved before
   * @param {Kept[]} [rows]
   */
  constructor(sync, rows) {
    /** @type {SyncState} */
    this.sync = Object.assign(emptySync(), sync);
    /** @type {Map<string, Map<number, {scope: string, row: Row}>>} rows by table and id */
    this.tables = new Map();
    /** @type {string[]} scopes the relay said we may see */
    this.scopes = Object.keys(this.sync.cursors);
    /** Newest commit whose visible changes are all applied here. */
    this.rev = this.sync.mark_rev;
    /** @type {Object<string, number>} revs of changes that overtook their scope's first page */
    this.early = {};
    /** @type {Set<string>} scopes with a page under way */
    this.asked = new Set();
    for (const kept of rows || []) this.keep(kept, null);
  }

  /** @param {number} confirmed every command up to it is settled here */
  hello(confirmed) {
    this.asked.clear();
    this.early = {};
    const { epoch, mark_rev, mark, cursors } = this.sync;
    return {
      t: "hello", epoch, mark_rev, mark, cursors: Object.assign({}, cursors), confirmed,
      program: "page 1",
    };
  }

  /**
   * @param {Object} frame a decoded frame of the relay
   * @returns {Outcome}
   */
  receive(frame) {
    const batch = { reset: false, put: [], drop: [], sync: this.sync };
    const step = this["on_" + frame.t];
    if (!step) return { frames: [], batch: null };
    const frames = step.call(this, frame, batch) || [];
    return { frames, batch };
  }

  /** Rows of a table. @param {string} table @returns {Row[]} */
  rows(table) {
    const found = this.tables.get(table);
    return found ? Array.from(found.values(), (kept) => kept.row) : [];
  }

  /** One row, when it is here. @param {string} table @param {number} id @returns {Row|undefined} */
  row(table, id) {
    const kept = (this.tables.get(table) || new Map()).get(id);
    return kept && kept.row;
  }

  /** The scope of a kind, such as `chat`, or "". @param {string} kind */
  scope(kind) {
    return this.scopes.find((name) => name.split("/")[0] === kind) || "";
  }

  /** The number in a scope's name: whose it is. @param {string} kind */
  key(kind) {
    return Number(this.scope(kind).split("/")[1] || 0);
  }

  /**
   * The request for the next page of a scope, or null when it is whole or being asked.
   * @param {string} scope
   */
  more(scope) {
    const paging = this.sync.paging[scope];
    if (!paging || this.asked.has(scope)) return null;
    this.asked.add(scope);
    return { t: "page_request", scope, head: paging.head, after: paging.after, limit: MAX_PAGE_ROWS };
  }

  on_welcome(frame) {
    // From here on this is the history that the phone has seen.
    if (!this.sync.mark) Object.assign(this.sync, { epoch: frame.epoch, mark_rev: frame.head, mark: frame.mark });
    this.scopes = frame.scopes || [];
    return this.scopes.map((scope) => this.begin(scope)).filter(Boolean);
  }

  on_reset(frame, batch) {
    this.tables.clear();
    this.rev = 0;
    this.asked.clear();
    this.sync = emptySync();
    this.sync.epoch = frame.epoch;
    batch.reset = true;
    batch.sync = this.sync;
  }

  /** Some frame was turned down, perhaps a request for a page: it may be asked again. */
  on_refused() {
    this.asked.clear();
  }

  on_granted(frame) {
    if (!this.scopes.includes(frame.scope)) this.scopes.push(frame.scope);
    return [this.begin(frame.scope)].filter(Boolean);
  }

  on_forget(frame, batch) {
    this.scopes = this.scopes.filter((scope) => scope !== frame.scope);
    for (const [table, rows] of this.tables) {
      for (const [id, kept] of rows) {
        if (kept.scope === frame.scope) this.discard(table, id, batch);
      }
    }
    for (const part of ["cursors", "paging", "floors"]) delete this.sync[part][frame.scope];
  }

  on_page(frame, batch) {
    const { scope, head } = frame;
    const { cursors, paging, floors } = this.sync;
    this.asked.delete(scope);
    this.putRows(scope, frame.rows, batch);
    cursors[scope] = Math.max(head, cursors[scope] || 0, this.early[scope] || 0);
    delete this.early[scope];
    if (!frame.after) {
      delete paging[scope];
      delete floors[scope];
      return [];
    }
    paging[scope] = { head, after: frame.after };
    const seqs = ((frame.rows || {}).message || []).map((row) => row.seq);
    floors[scope] = Math.min(floors[scope] || Infinity, ...seqs);
    // A conversation goes on when the member scrolls up; everything else comes at once.
    return scope.startsWith("chat/") && seqs.length ? [] : [this.more(scope)];
  }

  on_changes(frame, batch) {
    for (const scope of Object.keys(frame.scopes || {})) {
      const part = frame.scopes[scope];
      this.putRows(scope, part.rows, batch);
      for (const table of Object.keys(part.gone || {})) {
        for (const id of part.gone[table]) this.discard(table, id, batch);
      }
      // A cursor must not promise a snapshot whose first page has not arrived yet.
      const known = scope in this.sync.cursors ? this.sync.cursors : this.early;
      known[scope] = Math.max(known[scope] || 0, part.rev);
    }
    this.rev = Math.max(this.rev, frame.rev);
    this.sync.mark_rev = frame.rev;
    this.sync.mark = frame.mark;
  }

  /** Ask for what of a scope is missing when a session begins. */
  begin(scope) {
    if (scope in this.sync.cursors) return scope.startsWith("chat/") ? null : this.more(scope);
    if (this.asked.has(scope)) return null;
    this.asked.add(scope);
    return { t: "page_request", scope, head: 0, limit: FIRST_PAGE_ROWS };
  }

  putRows(scope, rows, batch) {
    for (const table of Object.keys(rows || {})) {
      for (const row of rows[table]) this.keep({ table, scope, row }, batch);
    }
  }

  /** The rev guard: an older row never overwrites a newer one. */
  keep(kept, batch) {
    const { table, scope, row } = kept;
    if (!this.tables.has(table)) this.tables.set(table, new Map());
    const rows = this.tables.get(table);
    const held = rows.get(row.id);
    if (held && held.row.rev >= row.rev) return;
    rows.set(row.id, { scope, row });
    if (batch) batch.put.push(kept);
  }

  discard(table, id, batch) {
    const rows = this.tables.get(table);
    if (rows) rows.delete(id);
    batch.drop.push([table, id]);
  }
}
