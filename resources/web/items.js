/** From rows and waiting commands to what the timeline shows, in order. Draws nothing. */

import { averageColour } from "./bubble.js";
import { day, dayKey, length, money } from "./format.js";
import { language, t } from "./i18n.js";

const GROUP_MS = 5 * 60 * 1000;

/**
 * @param {import("./client.js").Client} client
 * @param {number} limit how many of the newest to show
 * @param {(clientId: string) => string} preview address of a photo still on this phone
 * @returns {import("./bubble.js").Item[]}
 */
export function timeline(client, limit, preview) {
  const rows = client.messages().filter((row) => row.kind !== "moved").slice(-limit);
  const read = client.shopRead();
  const recalls = client.recalls();
  const told = rows.map((row) => fromRow(row, row.seq <= read, recalls, client));
  const own = client.unsent().filter((entry) => !recalls.has(entry.client_id));
  const waiting = own.map((entry) => fromEntry(entry, client, preview, recalls));
  return grouped(told.concat(waiting), client.now());
}

function fromRow(row, read, recalls, client) {
  const mine = row.sender_kind === "member";
  const item = { key: row.client_id, id: row.id, seq: row.seq, mine, at: Date.parse(row.sent_at), pictures: [], code: "" };
  if (row.recalled_at || recalls.has(row.client_id)) return Object.assign(item, { kind: "recalled", text: gist(row, recalls), state: "" });
  const kind = row.sender_kind === "system" && !row.automatic && !row.campaign_id ? "system" : "message";
  const state = mine ? (read ? "read" : "sent") : "";
  const quote = quoted(client, row.reply_to, row.reply_media, recalls);
  const told = Object.assign(item, { kind, state, text: words(row), quote, automatic: row.automatic }, media(row));
  return row.campaign_id ? Object.assign(told, campaign(row, client, told.pictures || [])) : told;
}

/** Words to many members: their first photo is the cover, unless they are laid out otherwise. */
function campaign({ body, layout = "", offer, question }, client, pictures) {
  const waiting = client.waiting("consent.set");
  const member = client.member;
  const willing = waiting ? waiting.granted : !member || Boolean(member.marketing);
  if (question) question = Object.assign({ alone: !body }, question);
  return { campaign: true, willing, offer, question, cover: pictures.length > 0 && (pictures.length === 1 || layout === "cards" || layout === "") };
}

/** The photos of a message, or its one voice, video or article. */
function media({ kind, media: found = [], layout, card }) {
  if (kind === "voice" && found.length) {
    const { id, duration_ms = 0, waveform = "" } = found[0];
    return { voice: { src: `/media/${id}/file`, duration_ms, waveform } };
  }
  if (kind === "video" && found.length) {
    const { id, width, height, blurhash, duration_ms = 0 } = found[0];
    const colour = averageColour(blurhash);
    return { video: { src: `/media/${id}/file`, poster: `/media/${id}/480`, width, height, colour, duration_ms } };
  }
  const pictures = found.map(fromPhoto);
  return { pictures, strip: layout === "strip" && pictures.length > 0, card: card && article(card) };
}

function fromPhoto({ id, width, height, blurhash, caption = "", price, product_id }) {
  const colour = averageColour(blurhash);
  if (price >= 0) caption = `${caption} ${money(price)}`.trim();
  return { id, src: `/media/${id}/480`, full: `/media/${id}/1600`, width, height, colour, caption, shows: product_id };
}

function article(card) {
  const { picture = "" } = card;
  const address = picture.startsWith("media:") ? `/media/${picture.slice(6)}/480` : picture && "/artwork/" + picture;
  return Object.assign({ sizes: [], price: 0 }, card, { picture: address });
}

/** What a message answers, as far as this phone knows it. */
function quoted(client, id, media, recalls) {
  if (!id) return null;
  const row = client.message(id);
  if (!row) {
    client.fetchQuoted(id);
    return { id, who: "", text: t("quote.unknown"), gone: false };
  }
  const gone = Boolean(row.recalled_at) || recalls.has(row.client_id);
  const photo = !gone && (row.media || []).find((one) => one.id === media);
  return { id, who: gone ? "" : speaker(row), text: (photo && fromPhoto(photo).caption) || gist(row, recalls), gone };
}

/** @param {import("./wire.js").Row} row */
export function speaker(row) {
  return t(row.sender_kind === "member" ? "quote.me" : "quote.shop");
}

/** A message in a line: of its words, or what it is. */
export function gist(row, recalls) {
  if (row.recalled_at || recalls.has(row.client_id)) {
    return t(row.sender_kind === "member" ? "chat.recalled_by_me" : "chat.recalled_by_shop");
  }
  return words(row) || describe(Object.assign({ pictures: [] }, media(row)));
}

/** What a message says, be it only a question. */
function words({ body, question }) {
  return body || (question && question.text) || "";
}

/** What a message without words is. @param {import("./bubble.js").Item} item */
export function describe({ voice, video, card, pictures }) {
  if (voice) return t("gist.voice", { time: length(voice.duration_ms) });
  if (video) return t("gist.video", { time: length(video.duration_ms) });
  if (card) return t("gist.card", { name: (language === "en" && card.name_en) || card.name });
  return t("photo.count", { n: pictures.length });
}

function fromEntry(entry, client, preview, recalls) {
  const state = entry.state === "failed" ? "failed" : entry.state === "acked" ? "sent" : "queued";
  const item = {
    key: entry.client_id, id: 0, kind: "message", seq: 0, mine: true, text: entry.text, pictures: [],
    at: entry.at + client.clockSkewMs, state, progress: client.outbox.progress.get(entry.n),
    code: entry.code, parameters: entry.parameters,
  };
  const { reply_to, message_id, reply_media } = JSON.parse(entry.body);
  item.quote = quoted(client, reply_to || message_id, reply_media, recalls);
  const files = entry.photos.map((file) => Object.assign({}, file, { src: preview(file.client_id), colour: "" }));
  const [first] = files;
  if (first && first.kind) return Object.assign(item, { [first.kind]: first });
  return Object.assign(item, { pictures: files.map((file) => Object.assign(file, { full: file.src })) });
}

/** Day dividers between, and where a run of one side begins and ends. */
function grouped(messages, now) {
  const items = [];
  messages.forEach((item, index) => {
    const [before, after] = [messages[index - 1], messages[index + 1]];
    if (!before || dayKey(before.at) !== dayKey(item.at)) {
      items.push({ key: "day " + dayKey(item.at), kind: "day", text: day(item.at, now), pictures: [], seq: 0 });
    }
    item.first = !together(before, item);
    item.last = !together(item, after);
    items.push(item);
  });
  return items;
}

function together(one, next) {
  return Boolean(one && next && one.kind === "message" && next.kind === "message" &&
    one.mine === next.mine && talk(one) && talk(next) && one.state === next.state && next.at - one.at < GROUP_MS &&
    dayKey(one.at) === dayKey(next.at));
}

/** Whether somebody wrote it to her: what is automatic or went to many stands alone. */
function talk(item) {
  return !item.automatic && !item.campaign;
}
