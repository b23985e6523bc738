/**
 * The line to the relay: ticket, websocket, heartbeat, jittered reconnect.  Knows nothing of
 * what the frames mean except `pong`.
 *
 * @typedef {"connecting"|"open"|"offline"|"refused"|"update"} Phase
 */

import { PROTOCOL } from "./wire.js";
import { ApiError, post } from "./http.js";

const IDLE_PING_MS = 25000;
const PONG_LIMIT_MS = 10000;
const OPEN_LIMIT_MS = 15000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30000;
const REVOKED = 4001;
const TOO_MANY = 4003;
const UPDATE_NEEDED = 4004;

export class Link {
  /**
   * @param {Object} owner
   * @param {() => Promise<Object>} owner.hello makes the first frame of a connection
   * @param {(frame: Object) => void} owner.received
   * @param {(phase: Phase) => void} owner.phased
   */
  constructor(owner) {
    this.owner = owner;
    /** @type {Phase} */
    this.phase = "connecting";
    this.socket = null;
    this.failures = 0;
    this.pings = 0;
    this.timers = { retry: 0, idle: 0, pong: 0, open: 0 };
    this.stopped = true;
    /** Attempts that a newer one has replaced go unheard. */
    this.attempt = 0;
    window.addEventListener("online", () => this.wake());
    window.addEventListener("offline", () => this.lost());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.wake();
    });
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.wake(); });
  }

  start() {
    this.stopped = false;
    this.connect();
  }

  stop() {
    this.stopped = true;
    this.drop();
  }

  /** Send a frame, already encoded or not; false when the line is down. */
  send(frame) {
    if (this.phase !== "open" || !this.socket || this.socket.readyState !== 1) return false;
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
    return true;
  }

  /** The phone looks at us again, or has a network again: find out now whether the line lives. */
  wake() {
    if (this.stopped || this.phase === "refused" || this.phase === "update") return;
    if (this.phase === "open") this.ping();
    else if (!this.socket) {
      this.failures = 0;
      this.connect();
    }
  }

  async connect() {
    this.drop();
    const attempt = ++this.attempt;
    if (this.phase !== "offline" || navigator.onLine !== false) this.set("connecting");
    this.timers.open = setTimeout(() => this.lost(), OPEN_LIMIT_MS);
    try {
      const { ticket } = await post("/api/ticket", {});
      if (attempt !== this.attempt || this.stopped) return;
      this.open(ticket, attempt);
    } catch (error) {
      if (attempt !== this.attempt || this.stopped) return;
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) this.refuse("refused");
      else this.lost();
    }
  }

  open(ticket, attempt) {
    const scheme = location.protocol === "https:" ? "wss://" : "ws://";
    const url = scheme + location.host + "/ws?ticket=" + encodeURIComponent(ticket);
    const socket = (this.socket = new WebSocket(url, PROTOCOL));
    const current = () => attempt === this.attempt && socket === this.socket;
    socket.onopen = async () => {
      const hello = await this.owner.hello();
      if (current()) socket.send(JSON.stringify(hello));
    };
    socket.onmessage = (event) => { if (current()) this.heard(JSON.parse(event.data)); };
    socket.onclose = (event) => { if (current()) this.closed(event.code); };
  }

  heard(frame) {
    clearTimeout(this.timers.pong);
    this.timers.pong = 0;
    this.rest();
    if (frame.t === "welcome") {
      clearTimeout(this.timers.open);
      this.failures = 0;
      this.set("open");
    }
    this.owner.received(frame);
  }

  closed(code) {
    if (code === REVOKED) this.refuse("refused");
    else if (code === UPDATE_NEEDED) this.refuse("update");
    else {
      if (code === TOO_MANY) this.failures = Math.max(this.failures, 5);
      this.lost();
    }
  }

  /** Ask whether the relay still hears us. */
  ping() {
    if (this.timers.pong) return;
    this.send({ t: "ping", id: ++this.pings });
    this.timers.pong = setTimeout(() => { this.failures = 0; this.lost(); }, PONG_LIMIT_MS);
  }

  rest() {
    clearTimeout(this.timers.idle);
    this.timers.idle = setTimeout(() => this.ping(), IDLE_PING_MS);
  }

  lost() {
    if (this.stopped || this.phase === "refused" || this.phase === "update") return;
    this.drop();
    this.set("offline");
    // Without a network the `online` event wakes us; some in-app browsers never send it.
    if (navigator.onLine === false) this.failures = 10;
    const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.failures++);
    this.timers.retry = setTimeout(() => this.connect(), longest * (0.5 + Math.random() / 2));
  }

  refuse(phase) {
    this.drop();
    this.set(phase);
  }

  drop() {
    this.attempt++;
    for (const name of Object.keys(this.timers)) {
      clearTimeout(this.timers[name]);
      this.timers[name] = 0;
    }
    const socket = this.socket;
    this.socket = null;
    if (socket) socket.close();
  }

  set(phase) {
    if (phase === this.phase) return;
    this.phase = phase;
    this.owner.phased(phase);
  }
}
