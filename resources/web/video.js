/** A chosen video as something to send: looked at, measured, and with a picture of its beginning. */

import { bytes } from "./photo.js";
import { t } from "./i18n.js";
import { uuid7 } from "./ids.js";

const MAX_MS = 180 * 1000;
const GRACE_MS = 2000;
const MAX_BYTES = 200 * 1000 * 1000;
const PATIENCE_MS = 6000;
const POSTER_PX = 320;
const EARLY_S = 0.1;

/** Says in words why a video cannot be sent. */
export class Unfit extends Error {}

/**
 * @param {File} file
 * @returns {Promise<import("./store.js").Photo>}
 * @throws {Unfit}
 */
export async function prepareVideo(file) {
  if (file.size > MAX_BYTES) throw new Unfit(t("video.too_large", { n: MAX_BYTES / 1e6 }));
  const facts = await look(file);
  if (facts.duration_ms > MAX_MS + GRACE_MS) throw new Unfit(t("video.too_long", { n: MAX_MS / 60000 }));
  const buffer = await bytes(file).catch(() => null);
  if (!buffer || !buffer.byteLength) throw new Unfit(t("video.unreadable"));
  return Object.assign({ client_id: uuid7(), buffer, mime: file.type || "video/mp4", kind: "video" }, facts);
}

/** What this browser can tell; zeros and no picture when it cannot play it, the relay may. */
async function look(file) {
  const film = document.createElement("video");
  film.muted = true;
  film.playsInline = true;
  film.preload = "auto";
  film.src = URL.createObjectURL(file);
  try {
    await happens(film, "loadedmetadata");
    const facts = { width: film.videoWidth, height: film.videoHeight, duration_ms: 0, poster: "" };
    if (Number.isFinite(film.duration)) facts.duration_ms = Math.round(film.duration * 1000);
    if (film.readyState < 2) await happens(film, "loadeddata").catch(() => {});
    film.currentTime = Math.min(EARLY_S, film.duration / 2 || 0);
    await happens(film, "seeked").catch(() => {});
    facts.poster = still(film);
    return facts;
  } catch (_) {
    return { width: 0, height: 0, duration_ms: 0, poster: "" };
  } finally {
    URL.revokeObjectURL(film.src);
  }
}

function happens(film, name) {
  return new Promise((resolve, reject) => {
    film.addEventListener(name, resolve, { once: true });
    film.addEventListener("error", reject, { once: true });
    setTimeout(reject, PATIENCE_MS);
  });
}

function still(film) {
  const scale = Math.min(1, POSTER_PX / Math.max(film.videoWidth, film.videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(film.videoWidth * scale);
  canvas.height = Math.round(film.videoHeight * scale);
  const context = canvas.getContext("2d");
  if (!context || !canvas.width) return "";
  context.drawImage(film, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.7);
}
