// A panel that slides a kernel in two passes, a row and then a column, and counts the products.

import { fill, make } from "./dom.js";
import { heatmap } from "./heatmap.js";
import { matrix } from "./matrix.js";
import { costs, inTwoPasses, pairsOf, separateTold } from "./separate.js";

/**
 * @param {Element} parent
 * @returns {(image: import("./maths.js").NDArray, kernel: import("./maths.js").NDArray) => void} draw it
 */
export function passesPanel(parent) {
  make("h4", parent, { textContent: "Slide a row, then a column" });
  const told = make("p", parent, { className: "course-flip-told", "aria-live": "polite" });
  const steps = make("div", parent, { className: "course-explorer-stage course-flip-steps" });
  const row = matrix(steps, { title: "row" });
  const along = heatmap(steps, { title: "after the row", size: 168 });
  const column = matrix(steps, { title: "column" });
  const result = heatmap(steps, { title: "then the column", size: 168 });
  const bars = make("div", parent, { className: "course-flip-bars" });
  const [whole, passes] = ["at once", "row, then column"].map((name) => bar(bars, name));

  return (image, kernel) => {
    const pairs = pairsOf(kernel);
    fill(told, separateTold(kernel, pairs));
    steps.hidden = pairs.length !== 1;
    if (!steps.hidden) {
      const shown = inTwoPasses(image, pairs[0]);
      row.show(pairs[0].row);
      column.show(pairs[0].column);
      along.show(shown.along);
      result.show(shown.result);
    }
    const [[H, W], [KH, KW]] = [image.shape, kernel.shape];
    const [OH, OW] = [H - KH + 1, W - KW + 1];
    const cost = costs(image.shape, kernel.shape, Math.max(1, pairs.length));
    const most = Math.max(cost.whole, cost.passes);
    const times = pairs.length > 1 ? `${pairs.length}·` : "";
    whole(cost.whole / most, `${OH}·${OW} places · ${KH}·${KW} = ${grouped(cost.whole)} products`);
    passes(cost.passes / most, `${times}(${H}·${OW}·${KW} + ${OH}·${OW}·${KH}) = ${grouped(cost.passes)} products`);
  };
}

/** A named bar of a length from 0 to 1, with words on what it counts. */
function bar(parent, name) {
  make("span", parent, { textContent: name });
  const track = make("span", parent, { className: "course-flip-track", "aria-hidden": "true" });
  const length = make("span", track);
  const text = make("span", parent);
  return (share, words) => {
    length.style.width = `${100 * share}%`;
    text.textContent = words;
  };
}

const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
