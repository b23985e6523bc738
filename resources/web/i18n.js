/**
 * Sentences of the page and of refusals, by key, from the shop's own JSON files.  The language
 * is the member's choice, else the browser's.
 */

const KEY = "hanger-language";
const LANGUAGES = ["zh", "en"];
/** Whose sentences the page has; a later one of a key wins. */
const files = ["reasons", "page"];
let texts = {};
/** @type {"zh"|"en"} */
export let language = "zh";

/** Chosen here before, else what the browser prefers. */
export function preferred() {
  let chosen = null;
  try { chosen = localStorage.getItem(KEY); } catch (_) { /* private mode */ }
  if (LANGUAGES.includes(chosen)) return chosen;
  const wanted = (navigator.languages || [navigator.language]).map((name) => name.slice(0, 2).toLowerCase());
  return wanted.find((name) => LANGUAGES.includes(name)) || "en";
}

/** Load a language and make it the page's. @param {"zh"|"en"} name */
export async function use(name) {
  const { length } = files;
  const found = await Promise.all(files.map((file) => load(file, name)));
  if (files.length > length) return use(name);
  texts = Object.assign({}, ...found);
  language = name;
  document.documentElement.lang = name === "zh" ? "zh-CN" : "en";
}

/** Sentences that come with what is fetched later. @param {string} file */
export async function extend(file) {
  if (files.includes(file)) return;
  const name = language;
  const found = await load(file, name);
  if (name !== language) return extend(file);
  if (!files.includes(file)) files.push(file);
  Object.assign(texts, found);
}

function load(file, name) {
  return fetch(`/text/${file}.${name}.json`).then((answer) => answer.json());
}

/** Remember the member's choice. */
export function choose(name) {
  try { localStorage.setItem(KEY, name); } catch (_) { /* it lasts as long as the page */ }
  return use(name);
}

/**
 * The sentence of a key with its blanks filled; `{n|one|many}` chooses by number.
 * @param {string} key
 * @param {Object<string, string|number>} [values]
 */
export function t(key, values = {}) {
  const sentence = texts[key];
  if (sentence === undefined) return key;
  return sentence.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name, one, many) => {
    if (!(name in values)) return whole;
    return one === undefined ? String(values[name]) : Number(values[name]) === 1 ? one : many;
  });
}

/** The sentence of a refusal; a code this page does not know yet still gets one. */
export function reason(code, values) {
  return code in texts ? t(code, values) : t("page.refused", { code });
}

/**
 * A text that members agree to, in the page's language.
 * @param {{zh: string, en: string}} wording
 */
export function wordingOf(wording) {
  return wording[language];
}
