/** The code she shows at the counter: made by the relay, renewed before it ends. */

import { h } from "./dom.js";
import { post } from "./http.js";
import { reason, t } from "./i18n.js";
import { sheet, toast } from "./sheet.js";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 2; // modules of white around it, beside the padding
const EARLY_S = 20;
let opening = false;

/** Show it until she closes it; a second tap while it is fetched does nothing. */
export async function showCode() {
  if (opening) return;
  opening = true;
  try {
    open(await post("/api/code", {}));
  } catch (error) {
    toast(reason(error.code || "page.failed"));
  } finally {
    opening = false;
  }
}

function open(first) {
  const place = h("div", {}, drawn(first));
  const content = h("div", { class: "code-shown" }, h("h2", { text: t("code.title") }), place, h("p", { text: t("code.note") }));
  let timer = 0;
  const later = (found) => { timer = setTimeout(renew, (found.expires_s - EARLY_S) * 1000); };
  const renew = async () => {
    try {
      const found = await post("/api/code", {});
      place.replaceChildren(drawn(found));
      later(found);
    } catch (error) {
      place.replaceChildren(h("p", { role: "alert", text: reason(error.code || "page.failed") })); // an old one is refused
    }
  };
  later(first);
  sheet(t("code.title"), [], content).then(() => clearTimeout(timer));
}

function drawn({ side, path }) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `${-QUIET} ${-QUIET} ${side + 2 * QUIET} ${side + 2 * QUIET}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", t("code.label"));
  svg.setAttribute("shape-rendering", "crispEdges");
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", path);
  svg.append(dark);
  return svg;
}
