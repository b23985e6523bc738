/**
 * What a campaign asks, in its message: one tap answers, or words of her own through the
 * composer.  What she chose stands marked and may be changed; a question stands for as long as
 * its element is in the page and changes in place.
 *
 * @typedef {import("./client.js").Client} Client
 * @typedef {{question_id: number, text?: string, choices?: string[], free_text?: boolean}} Ref
 */

import { h, icon } from "./dom.js";
import { reason, t } from "./i18n.js";
import { toast } from "./sheet.js";

const ANSWER = "question.answer";
/** What a refusal means here; any other is told in its own words. */
const REFUSALS = { not_found: "over", "command.invalid": "over" };

/** @type {Map<HTMLElement, () => void>} */
const standing = new Map();
/** @type {Client|null} */
let followed = null;

/**
 * @param {import("./bubble.js").Item} item
 * @param {import("./bubble.js").Actions} on
 */
export function question(item, on) {
  const { client } = on;
  const { text, choices = [], free_text, alone } = item.question;
  const buttons = choices.map((label, index) => choice(label, () => tap(client, item, index)));
  const own = free_text && choice("", () => on.reply(item, true));
  if (own) own.classList.add("own");
  const told = h("p", { class: "told", role: "status" });
  const box = h("section", { class: "asks", role: "group", "aria-label": text || t("question.label") },
    text && !alone && h("h2", { text }),
    h("div", { class: "choices" }, ...buttons, own), told);
  const draw = () => {
    const answer = answerTo(client, item.question);
    buttons.forEach((button, index) => press(button, answer.choice === index));
    if (own) {
      press(own, Boolean(answer.text));
      write(own.lastChild, t(answer.text ? "question.again" : choices.length ? "question.other" : "question.words"));
    }
    write(told, say(answer, client));
    told.classList.toggle("problem", Boolean(answer.code));
  };
  follow(client, box, draw);
  draw();
  return box;
}

function choice(label, onclick) {
  return h("button", { class: "choice", type: "button", onclick }, icon("tick"), h("span", { text: label }));
}

function press(button, on) {
  if (button.getAttribute("aria-pressed") !== String(on)) button.setAttribute("aria-pressed", String(on));
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Draw again with whatever changes, until it is gone from the page. */
function follow(client, element, draw) {
  if (followed !== client) {
    followed = client;
    client.onChange(() => {
      for (const [one, again] of standing) {
        if (one.isConnected) again();
        else standing.delete(one);
      }
    });
  }
  standing.set(element, draw);
}

/**
 * What she answers: the newest that waits on this phone, else what the shop has.
 * @returns {{choice?: number, text?: string, waits?: boolean, code?: string, parameters?: Object}}
 */
function answerTo(client, { question_id }) {
  const held = client.session.rows("question_answer").find((row) => row.campaign_id === question_id) || {};
  const last = given(client, question_id).pop();
  if (!last) return held;
  if (last.state !== "failed") return Object.assign({ waits: last.state !== "acked" }, JSON.parse(last.body));
  // Words that were refused stand as a message that says so.
  return last.text ? held : Object.assign({}, held, { code: last.code, parameters: last.parameters });
}

/** Answers to it on their way, oldest first, to whichever copy of the question. */
function given(client, question_id) {
  return client.outbox.entries.filter((entry) => {
    if (entry.name !== ANSWER) return false;
    const { question = {} } = client.message(JSON.parse(entry.body).message_id) || {};
    return question.question_id === question_id;
  });
}

async function tap(client, { id, question }, index) {
  if (!id || answerTo(client, question).choice === index) return;
  const refused = given(client, question.question_id).filter((entry) => entry.state === "failed" && !entry.text).pop();
  try {
    await client.outbox.add(ANSWER, { message_id: id, choice: index }, { lane: client.lane }, refused);
  } catch (_) {
    toast(t("storage.full"));
  }
}

function say({ choice: chosen, text, waits, code, parameters }, client) {
  if (code) return REFUSALS[code] ? t("question." + REFUSALS[code]) : reason(code, parameters);
  if (chosen === undefined && !text) return t("question.hint");
  return t(waits && client.phase !== "open" ? "question.waiting" : "question.thanks");
}
