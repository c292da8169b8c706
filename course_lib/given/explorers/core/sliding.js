// Image, kernel and output of a convolution under way: the window, the entry that is met, the cells still to come.

import { written } from "./dom.js";
import { heatmap } from "./heatmap.js";
import { hasNegatives, reach } from "./maths.js";
import { outputAt } from "./loop.js";
import { matrix } from "./matrix.js";

const SIZE = 300; // CSS pixels

/** The window of a place over the image in its padding, with the pixel that is met now. */
function windowMarks({ kernel, stride, dilation, framed }, now, [ph, pw]) {
  const [row, column] = [now.i * stride[0], now.j * stride[1]];
  const [height, width] = kernel.shape.map((k, axis) => dilation[axis] * (k - 1) + 1);
  const inside = { row: ph, column: pw, height: framed.shape[0] - 2 * ph, width: framed.shape[1] - 2 * pw };
  const taps = Math.max(...dilation) > 1 ? kernel.data.length : 0; // side by side they need no dots
  return [
    ...(ph || pw ? [{ ...inside, kind: "border" }] : []),
    { row, column, height, width },
    ...Array.from({ length: taps }, (_, n) => {
      const [u, v] = [Math.floor(n / kernel.shape[1]), n % kernel.shape[1]];
      return { row: row + u * dilation[0], column: column + v * dilation[1], kind: "tap" };
    }),
    ...(now.pixel && !now.done ? [{ row: now.pixel[0], column: now.pixel[1], kind: "cursor" }] : []),
  ];
}

/**
 * @param {Element} parent
 * @param {string} title of what the window lies on
 * @param {{ changes: (row: number, column: number, value: number) => void, goTo: (i: number, j: number) => void }} hands
 *   `changes` an entry of the kernel, `goTo` a place of the output
 */
export function sliding(parent, title, { changes, goTo }) {
  const input = heatmap(parent, { title, size: SIZE });
  const weights = matrix(parent, { title: "kernel", changes });
  const output = heatmap(parent, { title: "out", size: SIZE, moves: goTo, paints: goTo });

  /**
   * @param {import("./loop.js").Loop} loop @param {number} time @param {object} now what `at` gives
   * @param {number[]} padding
   */
  function show(loop, time, now, padding) {
    const corner = [now.i * loop.stride[0], now.j * loop.stride[1]];
    input.show(loop.framed, {
      marks: windowMarks(loop, now, padding),
      label: `The window begins at row ${corner[0]}, column ${corner[1]}.`,
    });
    showKernel(loop.kernel, now.done ? null : now.entry);
    const result = outputAt(loop, loop.steps - 1);
    const value = now.done ? `: ${written(now.sum)}` : ", is not written yet";
    output.show(outputAt(loop, time), {
      most: reach(result),
      signed: hasNegatives(result),
      marks: [{ row: now.i, column: now.j, kind: "cursor" }],
      label: `Row ${now.i}, column ${now.j}${value}.`,
    });
  }

  function showKernel(kernel, entry) {
    weights.show(kernel);
    const lit = entry ? entry[0] * kernel.shape[1] + entry[1] : -1;
    const cells = weights.element.querySelectorAll("[role=gridcell]");
    cells.forEach((cell, n) => cell.toggleAttribute("data-lit", n === lit));
  }

  function showNowhere(loop) {
    input.show(loop.framed);
    showKernel(loop.kernel, null);
    output.show(outputAt(loop, 0));
  }

  return { show, showNowhere };
}
