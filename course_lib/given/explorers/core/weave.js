// What is followed from an image into the matrix of its windows, and how it lies in memory.

import { copiesOf, sourceOf } from "./columns.js";
import { tape } from "./tape.js";
import { written } from "./dom.js";

const BYTES = 4; // of a number in float32

/** @typedef {import("./columns.js").Window} Window */

/** Where an entry of the matrix comes from, with its numbers, and how often its pixel stands there. */
export function entryFormula(entry, value, window, places) {
  const source = sourceOf(entry, window, places);
  const { c, u, v, i, j, p, q } = source;
  const { kernel, stride, dilation } = window;
  const along = (axis, place, at) => `${place}·${stride[axis]} + ${at}·${dilation[axis]}`;
  const often = copiesOf(source, window, places).length;
  return (
    `columns[${entry.join(", ")}] = padded[${c}, ${along(0, i, u)}, ${along(1, j, v)}] = padded[${c}, ${p}, ${q}] = ${written(value)}\n` +
    `Row ${entry[0]} = (${c}·${kernel[0]} + ${u})·${kernel[1]} + ${v}: channel ${c}, row ${u} and column ${v} of the kernel. ` +
    `Column ${entry[1]} = ${i}·${places[1]} + ${j}: the window at row ${i}, column ${j}. ` +
    `This pixel stands in the matrix ${often === 1 ? "once" : `${often} times`}.`
  );
}

/** The entries that are followed: the column of the chosen entry, or its row. @returns {number[][]} */
export function followedFrom(entry, follow, shape) {
  const byWindow = follow === "window";
  return Array.from({ length: shape[byWindow ? 0 : 1] }, (_, n) => (byWindow ? [n, entry[1]] : [entry[0], n]));
}

/** How addresses, in rising order, lie in memory: runs of neighbours, each `[first, length]`. @returns {number[][]} */
export function stretches(addresses) {
  const runs = [];
  for (const address of addresses) {
    const last = runs.at(-1);
    if (last && address === last[0] + last[1]) last[1]++;
    else runs.push([address, 1]);
  }
  return runs;
}

/** The same in words: "6 stretches of 3 numbers", "one stretch of 12 numbers". */
export function stretchesTold(runs) {
  const lengths = runs.map(([, length]) => length);
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  const numbers = `${least === most ? most : `${least} to ${most}`} number${most === 1 ? "" : "s"}`;
  return runs.length === 1 ? `one stretch of ${numbers}` : `${runs.length} stretches of ${numbers}`;
}

/**
 * The padded image, the shifted rows and the matrix as tapes of one scale, under a common way of colouring.
 * @param {Element} parent
 * @param {{ signed: boolean, most: number }} colours
 */
export function tapes(parent, colours) {
  const [imageTape, rowsTape, columnsTape] = ["padded image", "shifted rows", "columns"].map((name) =>
    tape(parent, name),
  );

  /**
   * @param {{ framed: NDArray, rows: NDArray | null, columns: NDArray }} arrays
   * @param {{ entry: number[], pixel: object | null, follow: string, window: Window, places: number[] }} at
   *   `pixel` is null where no window lies on it
   * @returns {string} how the followed numbers lie, in words
   */
  function show({ framed, rows, columns }, { entry, pixel, follow, window, places }) {
    const [, H, W] = framed.shape;
    const width = columns.shape[1];
    const address = ({ c, p, q }) => (c * H + p) * W + q;
    const entries = followedFrom(entry, follow, columns.shape);
    const from = stretches(entries.map((one) => address(sourceOf(one, window, places))));
    const to = stretches(entries.map(([row, column]) => row * width + column));
    draw(imageTape, framed, from, pixel ? address(pixel) : -1);
    draw(columnsTape, columns, to, pixel ? entry[0] * width + entry[1] : -1);
    const what = follow === "window" ? `Column ${entry[1]}` : `Row ${entry[0]}`;
    const apart = to.length > 1 ? `, ${width * BYTES} bytes apart` : "";
    const lie = `${what} is read from ${stretchesTold(from)} and written to ${stretchesTold(to)}${apart}.`;
    rowsTape.element.hidden = !rows;
    return rows ? `${lie} ${showRows(rows, sourceOf(entry, window, places), window, pixel)}` : lie;

    function draw(one, array, runs, chosen) {
      const longest = Math.max(columns.data.length, framed.data.length, rows ? rows.data.length : 0);
      const told = `${array.data.length} numbers, ${array.data.length * BYTES} bytes`;
      one.show(array.data, { ...colours, longest, runs, chosen, told });
    }

    function showRows(array, { c, u, v, i, j }, { kernel }, there) {
      const [, C, KW, OW] = array.shape;
      const block = C * KW * OW;
      const run = [i * block, kernel[0] * block];
      draw(rowsTape, array, [run], there ? (i + u) * block + (c * KW + v) * OW + j : -1);
      return `In the shifted rows all of output row ${i} is one stretch of ${run[1]} numbers, which its neighbours share.`;
    }
  }
  return show;
}
