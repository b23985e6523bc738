/**
 * What lies over the page, such as a sheet or a photo on the whole screen: the phone's back
 * closes it and stays on the page.  Knows the browser's history, not what is shown.
 *
 * @typedef {{close: () => void, leaving: boolean}} Layer
 */

/** @type {Layer[]} the topmost last */
const layers = [];

/**
 * Lay something over the page.
 * @param {() => void} close takes it away; called once, after `leave` or the phone's back
 * @returns {() => boolean} `leave`: asks for that; false when it is leaving already
 */
export function layer(close) {
  const own = { close, leaving: false };
  layers.push(own);
  history.pushState({ layer: true }, "");
  return () => {
    if (own.leaving) return false; // a second back would leave the page
    own.leaving = true;
    history.back();
    return true;
  };
}

window.addEventListener("popstate", () => {
  const own = layers.find((one) => one.leaving) || layers[layers.length - 1];
  if (!own) return;
  own.leaving = true;
  layers.splice(layers.indexOf(own), 1);
  own.close();
});
