// A row of small filters that share one scale of colours.

import { make, written } from "./dom.js";
import { heatmap } from "./heatmap.js";
import { reach } from "./maths.js";

const SIZE = 66; // CSS pixels

/** One entry of a stack along its first axis. @returns {import("./maths.js").NDArray} */
export function entryOf({ shape: [, ...shape], data }, n) {
  const size = shape.reduce((all, length) => all * length, 1);
  return { shape, data: data.slice(n * size, (n + 1) * size) };
}

/**
 * @param {Element} parent
 * @returns {{ element: HTMLElement, show: (filters: import("./maths.js").NDArray, most: number, title: string) => void }}
 *   filters (F, C, KH, KW): the channels of one stand below each other; `most`: the reach of the colours
 */
export function filterRow(parent) {
  const element = make("figure", parent, { className: "train-watch-filters" });
  const caption = make("figcaption", element);
  const name = make("span", caption, { className: "course-heatmap-title" });
  const scaleTold = make("span", caption, { className: "course-heatmap-shape" });
  const row = make("div", element);
  let pictures = [];

  function show(filters, most, title) {
    const [F, C, KH, KW] = filters.shape;
    if (pictures.length !== F) {
      row.replaceChildren();
      pictures = Array.from({ length: F }, (_, f) => heatmap(row, { title: String(f), size: SIZE }));
    }
    name.textContent = title;
    scaleTold.textContent = `from −${written(most, 2)}, dark, to ${written(most, 2)}, light`;
    pictures.forEach((picture, f) => {
      const { data } = entryOf(filters, f);
      const own = { shape: [C * KH, KW], data };
      picture.show(own, { signed: true, most, label: `Its largest weight is ${written(reach(own), 2)}.` });
    });
  }
  return { element, show };
}
