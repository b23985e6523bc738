/**
 * Photos, voices and videos on their way up: resumable, in pieces, so that a weak signal loses
 * little.  Keeps no state of its own; the relay knows how far each one came.
 */

import { ApiError, get, post, request } from "./http.js";

const PIECE_BYTES = 256 * 1024;
const LARGEST_PIECE_BYTES = 1024 * 1024;
const PIECES = 40;
const RESTARTS = 2;
const ASK_AGAIN_MS = 1000;
/** How much of the work on a video is bringing it up; the rest the relay makes of it. */
const WAY_UP = 0.6;

/**
 * Bring one photo, voice or video up whole, and wait until the relay has made a medium of it.
 * @param {import("./store.js").Photo} photo
 * @param {(sent: number) => void} progress bytes that are done; may throw to stop
 * @throws {ApiError} refused, or nobody answered
 */
export async function upload(photo, progress) {
  const size = photo.buffer.byteLength;
  let answer = await begin(photo);
  let restarts = 0;
  while (!answer.media) {
    const share = photo.kind === "video" ? WAY_UP : 1;
    progress(answer.offset * share + size * (1 - share) * (answer.progress || 0));
    try {
      // Once all is there, an empty piece asks for what became of it.
      answer = await (answer.progress === undefined ? append(photo, answer.offset) : ask(photo));
    } catch (error) {
      const moved = error instanceof ApiError && (error.code === "upload.offset" || error.code === "not_found");
      if (!moved || restarts++ >= RESTARTS) throw error;
      answer = await begin(photo);
    }
  }
  progress(size);
}

/** Announce it; the answer says how much of it the relay has. */
function begin({ client_id, mime, buffer }) {
  return post("/api/uploads", { client_id, size: buffer.byteLength, mime });
}

async function append(photo, offset) {
  const piece = Math.max(PIECE_BYTES, Math.min(LARGEST_PIECE_BYTES, Math.ceil(photo.buffer.byteLength / PIECES)));
  const response = await request("/api/uploads/" + photo.client_id, {
    method: "PATCH",
    headers: { "Upload-Offset": String(offset), "Content-Type": "application/octet-stream" },
    body: photo.buffer.slice(offset, offset + piece),
  });
  return response.json();
}

/** How far the relay is with making a video, a little later. */
async function ask({ client_id }) {
  await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  return get("/api/uploads/" + client_id);
}
