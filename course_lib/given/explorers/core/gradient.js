// A panel that sends a gradient back through pooling: from one place, from every place, or as drawn.

import { choice, fill, make } from "./dom.js";
import { heatmap } from "./heatmap.js";
import { reach, zeros } from "./maths.js";
import { sendBack } from "./pooling.js";
import { backTold } from "./pooling_told.js";

const SENT = ["a 1 from the chosen place", "a 1 from every place", "your own"];
const [PLACE, ALL, OWN] = [0, 1, 2];

/**
 * @param {Element} parent
 * @returns {(image: import("./maths.js").NDArray, how: import("./pooling.js").Pooling, shape: number[], place: number[]) => void}
 *   draw it for an image whose output has this shape, and a place in it
 */
export function gradientPanel(parent) {
  make("h4", parent, { textContent: "Send a gradient back" });
  const back = heatmap(parent, { title: "gradient of the image", size: 280 });
  const sent = heatmap(parent, { title: "gradient sent", size: 168, moves: brush, paints: paint });
  const side = make("div", parent, { className: "course-pool-side" });
  const sending = choice(side, "send back", SENT, PLACE, draw);
  const told = make("p", side, { "aria-live": "polite" });
  let last = null;
  let gradient = zeros(0, 0);
  let cursor = null;
  let ink = 1;

  function show(image, how, shape, place) {
    last = { image, how, shape, place };
    draw();
  }

  function draw() {
    const { image, how, shape, place } = last;
    gradient = chosen(shape, place);
    const arrived = sendBack(gradient, image, how);
    sent.show(gradient, {
      most: Math.max(1, reach(gradient)),
      marks: cursor ? [{ ...cursor, kind: "cursor" }] : [],
      label: "Arrows move, space sends 1 or 0 from there.",
    });
    back.show(arrived, { most: Math.max(1, reach(arrived)) });
    fill(told, backTold(gradient, arrived, how));
  }

  /** What is sent; what was drawn for an output of another shape is given up. */
  function chosen(shape, place) {
    if (String(gradient.shape) !== String(shape)) {
      cursor = null;
      if (sending.element.selectedIndex === OWN) sending.element.selectedIndex = PLACE;
    }
    if (sending.element.selectedIndex === OWN) return gradient;
    const fresh = zeros(...shape);
    if (sending.element.selectedIndex === ALL) fresh.data.fill(1);
    else fresh.data[place[0] * shape[1] + place[1]] = 1;
    return fresh;
  }

  function brush(row, column) {
    cursor = { row, column };
    draw();
  }

  function paint(row, column, starts) {
    const n = row * gradient.shape[1] + column;
    if (starts) ink = gradient.data[n] ? 0 : 1;
    gradient.data[n] = ink;
    sending.element.selectedIndex = OWN;
    brush(row, column);
  }

  return show;
}
