/**
 * Parts of the page that are fetched when they are first needed, with their look and words.  The
 * service worker keeps them beforehand, so that they are there without a network too.
 */

import { extend } from "./i18n.js";

const PARTS = {
  me: () => import("./me.js"),
  parts: () => import("./parts.js"),
  quoting: () => import("./quoting.js"),
  recorder: () => import("./recorder.js"),
  video: () => import("./video.js"),
  viewer: () => import("./viewer.js"),
};
const WARM_MS = 5000;
const LOOKS = "/static/parts.css";
let looks = null;

/** Where no service worker keeps the parts, they are fetched when the phone has settled. */
export function warm() {
  if ("serviceWorker" in navigator) return;
  setTimeout(() => { for (const name of Object.keys(PARTS)) part(name).catch(() => {}); }, WARM_MS);
}

/**
 * @template {keyof typeof PARTS} Name
 * @param {Name} name
 * @returns {ReturnType<typeof PARTS[Name]>} rejects while nobody answers; may be asked again
 */
export async function part(name) {
  const [module] = await Promise.all([PARTS[name](), dressed(), extend("later")]);
  return module;
}

/** The style sheet of the parts, once. */
function dressed() {
  if (!looks) {
    looks = new Promise((resolve, reject) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = LOOKS;
      link.onload = () => resolve();
      link.onerror = () => { link.remove(); looks = null; reject(new Error(LOOKS)); };
      document.head.append(link);
    });
  }
  return looks;
}
