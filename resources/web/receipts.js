/**
 * What a person really saw: an element at least half on a visible screen for one second.
 * Knows only elements and the numbers that belong to them.
 */

const LONG_ENOUGH_MS = 1000;
const STEPS = [0, 0.25, 0.5, 0.75, 1];

export class Receipts {
  /**
   * @param {HTMLElement} root what scrolls
   * @param {(seq: number) => void} seen
   */
  constructor(root, seen) {
    this.seen = seen;
    /** @type {Map<Element, number>} elements on screen by half or more */
    this.shown = new Map();
    /** @type {WeakMap<Element, number>} */
    this.seqs = new WeakMap();
    this.paused = false;
    this.observer = new IntersectionObserver((changes) => this.moved(changes), { root, threshold: STEPS });
    this.onVisibility = () => this.restart();
    document.addEventListener("visibilitychange", this.onVisibility);
  }

  observe(element, seq) {
    this.seqs.set(element, seq);
    this.observer.observe(element);
  }

  forget(element) {
    this.observer.unobserve(element);
    this.stop(element);
  }

  /** Something covers the messages, or no longer does. */
  pause(paused) {
    this.paused = paused;
    this.restart();
  }

  close() {
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.observer.disconnect();
    for (const element of Array.from(this.shown.keys())) this.stop(element);
  }

  moved(changes) {
    for (const change of changes) {
      // What is taller than the screen counts when it fills half of it.
      const height = change.rootBounds ? change.rootBounds.height : window.innerHeight;
      const half = change.intersectionRatio >= 0.5 || change.intersectionRect.height >= height / 2;
      if (!change.isIntersecting || !half) this.stop(change.target);
      else if (!this.shown.has(change.target)) this.shown.set(change.target, this.time(change.target));
    }
  }

  /** A timer for an element, or 0 while nobody can be looking. */
  time(element) {
    if (this.paused || document.visibilityState !== "visible") return 0;
    return setTimeout(() => {
      if (this.paused || document.visibilityState !== "visible") return;
      this.forget(element);
      this.seen(this.seqs.get(element) || 0);
    }, LONG_ENOUGH_MS);
  }

  stop(element) {
    clearTimeout(this.shown.get(element));
    this.shown.delete(element);
  }

  restart() {
    for (const [element, timer] of this.shown) {
      clearTimeout(timer);
      this.shown.set(element, this.time(element));
    }
  }
}
