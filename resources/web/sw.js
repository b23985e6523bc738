/**
 * Lets the page open without a network: keeps the page's own files, newest first, and nothing
 * of the member's.  Messages live in IndexedDB, photos in the browser's private cache.
 */

const CACHE = "hanger-page-1";
const PATIENCE_MS = 3000;
/** Parts that come when they are first wanted, which may be without a network. */
const PARTS = ["code.js", "coupons.js", "fittings.js", "holds.js", "me.js", "offers.js", "parts.css", "parts.js", "player.js", "questions.js", "quoting.js", "recorder.js", "taps.js", "video.js", "viewer.js", "waits.js"];
const WORDS = ["later.en.json", "later.zh.json"];
const OWN = /^\/($|static\/|text\/|manifest)/;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepParts().catch(() => {})); // without them the page still works
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => names.filter((name) => name !== CACHE));
  event.waitUntil(old.then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || !OWN.test(url.pathname)) return;
  // An invite's token is no part of the page and is not kept.
  const key = url.pathname === "/" ? "/" : event.request;
  event.respondWith(fresh(event, key));
});

async function keepParts() {
  const cache = await caches.open(CACHE);
  await cache.addAll(PARTS.map((name) => "/static/" + name).concat(WORDS.map((name) => "/text/" + name)));
}

/** The relay's file when it answers in time, else the kept one. */
async function fresh(event, key) {
  const cache = await caches.open(CACHE);
  const network = fetch(event.request).then((answer) => {
    if (answer.ok) event.waitUntil(cache.put(key, answer.clone()));
    return answer;
  });
  const kept = await cache.match(key);
  if (!kept) return network;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, kept));
  return Promise.race([network.catch(() => kept), late]);
}
