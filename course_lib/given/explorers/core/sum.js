// Inputs times weights, as three pictures: however many maps there are, they fit beside each other.

import { make, written } from "./dom.js";
import { reach, times } from "./maths.js";
import { tiles } from "./tiles.js";

const WIDTH = 204; // CSS pixels of each picture
const UNIT = 12; // and of a cell where each map is one

/**
 * @param {Element} parent
 * @returns {(inputs: { title: string, values: import("./maths.js").NDArray, most: number },
 *   weights: { title: string, values: import("./maths.js").NDArray }) => void}
 */
export function sumPanel(parent) {
  const places = ["", "×", "="].map((sign) => {
    if (sign) make("span", parent, { className: "course-sign", textContent: sign });
    return { element: make("div", parent, { className: "course-net-panel" }), key: "", picture: null };
  });

  function show(n, title, values, how) {
    const place = places[n];
    const tile = tileOf(values.shape);
    if (place.key !== `${title} ${tile}`) {
      place.element.replaceChildren();
      place.picture = tiles(place.element, { title, tile, width: WIDTH });
      place.key = `${title} ${tile}`;
    }
    place.picture.show(values, { ...how, note: `${how.signed ? "±" : "white is "}${written(how.most, 2)}` });
  }

  return (inputs, weights) => {
    const products = times(inputs.values, weights.values);
    show(0, inputs.title, inputs.values, { most: inputs.most });
    show(1, weights.title, weights.values, { signed: true, most: reach(weights.values) });
    show(2, "products", products, { signed: true, most: reach(products) });
  };
}

/** How large a map may be, so that all of them make about a square. */
function tileOf([C, H = 1, W = 1]) {
  if (C === 1) return WIDTH - 4;
  return H * W === 1 ? UNIT : Math.min(60, Math.floor(WIDTH / Math.ceil(Math.sqrt(C))) - 5);
}
