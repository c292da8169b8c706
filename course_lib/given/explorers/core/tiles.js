// Several maps side by side in a figure, with a place in one of them that arrows or the pointer move.

import { make } from "./dom.js";
import { cellAt, drawMosaic, layout, stepFrom } from "./mosaic.js";
import { scale } from "./colours.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * @param {Element} parent
 * @param {object} options
 * @param {string} options.title
 * @param {number} options.tile CSS pixels along the longer side of a map, at most
 * @param {number} options.width CSS pixels for all that stand in a line
 * @param {(map: number, row: number, column: number) => void} [options.chooses] called when the pointer or the arrows do
 * @param {(key: string) => void} [options.keys] called with any letter
 * @returns {{ element: HTMLElement, canvas: HTMLCanvasElement, show: Function }}
 */
export function tiles(parent, { title, tile, width, chooses, keys }) {
  const element = make("figure", parent, { className: "course-tiles" });
  const caption = make("figcaption", element);
  make("span", caption, { className: "course-heatmap-title", textContent: title });
  const told = make("span", caption, { className: "course-heatmap-shape" });
  const canvas = make("canvas", element, {
    role: chooses ? "application" : "img",
    ...(chooses ? { tabIndex: 0 } : {}),
  });
  const cells = document.createElement("canvas");
  let where = null;
  let content = null;

  /**
   * @param {import("./maths.js").NDArray} values shape (C, H, W), or (C,): maps of one cell
   * @param {object} [how]
   * @param {boolean} [how.signed]
   * @param {number} [how.most] the reach of the colours
   * @param {number[] | null} [how.place] map, row and column of what is chosen
   * @param {(import("./marks.js").Mark & { map: number })[]} [how.marks]
   * @param {number[]} [how.muted] maps that are hatched
   * @param {string} [how.note] what stands beside the title
   * @param {string} [how.label] words for those who cannot see it
   */
  function show({ shape, data }, how = {}) {
    const { signed = false, most = 1, place = null, marks = [], muted = [], note = "", label = "" } = how;
    where = layout(shape, tile, width);
    content = { data, colours: scale(signed, most), place, marks, muted };
    told.textContent = note;
    canvas.setAttribute("aria-label", `${title}, ${shape.join(" by ")}. ${label}`.trim());
    drawMosaic(canvas, cells, where, content);
  }

  function go(next) {
    if (!next || next[0] < 0 || next[0] >= where.C || String(next) === String(content.place)) return;
    chooses(...next);
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const from = content.place ?? [0, where.H >> 1, where.W >> 1];
    if (key in ARROWS) go(stepFrom(where, from, ARROWS[key]));
    else if (key === "PageUp" || key === "PageDown") go([from[0] + (key === "PageUp" ? -1 : 1), from[1], from[2]]);
    else if (keys && /^[a-z]$/.test(key)) keys(key);
    else return;
    event.preventDefault();
  }

  function pointed(event) {
    const box = canvas.getBoundingClientRect();
    go(cellAt(where, event.clientX - box.left, event.clientY - box.top));
  }

  if (chooses) {
    canvas.addEventListener("keydown", pressed);
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      pointed(event);
    });
    canvas.addEventListener("pointermove", (event) => canvas.hasPointerCapture(event.pointerId) && pointed(event));
  }
  window.addEventListener("resize", () => canvas.isConnected && where && drawMosaic(canvas, cells, where, content));
  return { element, canvas, show };
}
