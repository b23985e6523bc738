/** Elements without markup strings: text always goes in as text. */

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  plus: "M12 5v14M5 12h14",
  back: "M15 5l-7 7 7 7",
  send: "M12 19V5M6 11l6-6 6 6",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  right: "M9 6l6 6-6 6",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  ticks: "M2 12.5l4.5 4.5L15 8M11 15.5l1.5 1.5L22 7.5",
  clock: "M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
  alert: "M12 8v5M12 16.5v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
};

/**
 * @param {string} tag
 * @param {Object} [properties] `class`, `text`, `on…` listeners; true, false and null set or
 *     leave out an attribute; everything else is an attribute
 * @param {...(Node|string|null|false|undefined)} children
 * @returns {HTMLElement}
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const name of Object.keys(properties || {})) {
    const value = properties[name];
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) if (child || child === 0) element.append(child);
  return element;
}

/** @param {keyof typeof ICONS | string} name of an icon, or the line it is drawn with */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name] || name);
  svg.append(path);
  return svg;
}

/** Show what is in `children`, nothing else. */
export function fill(element, ...children) {
  element.textContent = "";
  for (const child of children) if (child) element.append(child);
  return element;
}

/** Marks that turn the reading direction around end an address: it must read as it leads. */
const LINK = /https?:\/\/[^\s<>"'“”‘’，。；！？、（）《》【】\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/** Text with its addresses as links. @returns {DocumentFragment} */
export function linked(text) {
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/, "");
    parts.append(text.slice(from, match.index));
    parts.append(h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow", text: address }));
    from = match.index + address.length;
  }
  parts.append(text.slice(from));
  return parts;
}

const MARK = "M32 13v7M14.5 21.5h35M31 22.5C27 30 21 36 14 40M24.5 33.5V50.5L33 45.5" +
  "M33 24.5C36.5 36 42 44.5 50 49.5M46.5 29L38.5 35";

/** The mark of the shop's trade. @param {"small"|"large"} size */
export function logo(size) {
  const svg = document.createElementNS(SVG, "svg");
  const parts = [["rect", { width: 64, height: 64, rx: 16, fill: "#F2B05E" }], ["path", { d: MARK, fill: "none",
    stroke: "#23332F", "stroke-linecap": "round", "stroke-linejoin": "round", "stroke-width": 4.6 }]];
  const set = (element, attributes) => {
    for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
    return element;
  };
  set(svg, { viewBox: "0 0 64 64", class: "logo " + size, "aria-hidden": "true" });
  for (const [tag, attributes] of parts) svg.append(set(document.createElementNS(SVG, tag), attributes));
  return svg;
}

/** Put text on the clipboard, also where the page is plain http. */
export async function copy(text) {
  if (navigator.clipboard) {
    const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
    if (done) return;
  }
  const area = h("textarea", { class: "unseen", readonly: true });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
