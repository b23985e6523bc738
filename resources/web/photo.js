/**
 * A chosen file becomes something to send: turned upright and made smaller where the browser
 * can; what it cannot read goes up as it is and the relay decides.
 */

import { uuid7 } from "./ids.js";

const LONG_SIDE = 2048;
const SMALL_ENOUGH_BYTES = 400 * 1024;
const QUALITY = 0.86;
const WEB_TYPES = ["image/jpeg", "image/png", "image/webp"];

/**
 * @param {File|Blob} file
 * @returns {Promise<import("./store.js").Photo>}
 */
export async function prepare(file) {
  const picture = await decode(file);
  let blob = file;
  let [width, height] = [0, 0];
  if (picture) {
    [width, height] = [picture.naturalWidth, picture.naturalHeight];
    const shrink = Math.min(1, LONG_SIDE / Math.max(width, height));
    const fine = shrink === 1 && file.size <= SMALL_ENOUGH_BYTES && WEB_TYPES.includes(file.type);
    const smaller = fine ? null : await redraw(picture, Math.round(width * shrink), Math.round(height * shrink));
    if (smaller && (smaller.size < file.size || !WEB_TYPES.includes(file.type))) blob = smaller;
    URL.revokeObjectURL(picture.src);
  }
  // Bytes, not a Blob: some browsers lose Blobs kept in IndexedDB.
  const buffer = await bytes(blob);
  return { client_id: uuid7(), buffer, mime: blob.type || "application/octet-stream", width, height };
}

/** @returns {Promise<HTMLImageElement|null>} upright, or null when unreadable here */
function decode(file) {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve(image.naturalWidth ? image : null);
    image.onerror = () => { URL.revokeObjectURL(image.src); resolve(null); };
    image.src = URL.createObjectURL(file);
  });
}

function redraw(image, width, height) {
  return new Promise((resolve) => {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d");
    if (!context) return resolve(null);
    context.fillStyle = "#fff"; // what was transparent must not turn black
    context.fillRect(0, 0, width, height);
    context.drawImage(image, 0, 0, width, height);
    canvas.toBlob(resolve, "image/jpeg", QUALITY);
  });
}

/** The bytes of a file. @param {Blob} blob @returns {Promise<ArrayBuffer>} */
export function bytes(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(blob);
  });
}
