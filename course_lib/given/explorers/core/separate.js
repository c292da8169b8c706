// A kernel as columns times rows, and what it saves to slide those one after the other.

import { written } from "./dom.js";
import { crossCorrelate2d, reach, zeros } from "./maths.js";

/** @typedef {import("./maths.js").NDArray} NDArray */
/** @typedef {{ column: NDArray, row: NDArray }} Pair shapes (KH, 1) and (1, KW) */

const CLOSE = 1e-9; // of the largest entry

/**
 * The fewest columns and rows whose products add up to a kernel: one pair if it is separable.
 * @param {NDArray} kernel shape (KH, KW)
 * @returns {Pair[]} none for a kernel of zeros
 */
export function pairsOf(kernel) {
  const least = CLOSE * reach(kernel);
  const pairs = [];
  let rest = kernel;
  while (rest.data.some((value) => Math.abs(value) > least)) {
    const pair = largestPair(rest);
    pairs.push(pair);
    const fitted = product(pair);
    rest = { shape: rest.shape, data: rest.data.map((value, n) => value - fitted.data[n]) };
  }
  return pairs;
}

/** The column and the row through the largest entry, scaled so that their product agrees with both. */
function largestPair({ shape: [KH, KW], data }) {
  const at = data.reduce((best, value, n) => (Math.abs(value) > Math.abs(data[best]) ? n : best), 0);
  const [u, v] = [Math.floor(at / KW), at % KW];
  const [column, row] = [zeros(KH, 1), zeros(1, KW)];
  column.data.forEach((_, n) => (column.data[n] = data[n * KW + v]));
  row.data.forEach((_, n) => (row.data[n] = data[u * KW + n] / data[at]));
  if (column.data[u] < 0) {
    for (const part of [column, row]) part.data.forEach((value, n) => (part.data[n] = -value + 0));
  }
  return { column, row };
}

/** Each entry of a column times each of a row. @param {Pair} pair @returns {NDArray} shape (KH, KW) */
export function product({ column, row }) {
  const KW = row.data.length;
  const result = zeros(column.data.length, KW);
  result.data.forEach((_, n) => (result.data[n] = column.data[Math.floor(n / KW)] * row.data[n % KW]));
  return result;
}

/** The row along every line of the image, then the column down what came of it. */
export function inTwoPasses(image, { column, row }) {
  const along = crossCorrelate2d(image, row);
  return { along, result: crossCorrelate2d(along, column) };
}

/** How many products the places of an image cost: with the whole kernel, and with so many pairs. */
export function costs([H, W], [KH, KW], pairs) {
  const [OH, OW] = [H - KH + 1, W - KW + 1];
  return { whole: OH * OW * KH * KW, passes: pairs * (H * OW * KW + OH * OW * KH) };
}

/** Whether two passes do, and why not, as a sentence. */
export function separateTold(kernel, pairs) {
  if (!pairs.length) return "Every kernel entry is 0: there is nothing to compute.";
  if (pairs.length === 1) {
    return "Each entry is its place in the column times its place in the row: two passes give the same map.";
  }
  const fitted = product(pairs[0]);
  const far = fitted.data.reduce((most, value, n, all) => {
    const gap = (m) => Math.abs(kernel.data[m] - all[m]);
    return gap(n) > gap(most) ? n : most;
  }, 0);
  const place = [Math.floor(far / kernel.shape[1]), far % kernel.shape[1]].join(", ");
  return (
    `No single column times a row gives this kernel: with the best lines of its own, entry [${place}] would be ` +
    `${written(fitted.data[far])}, and it is ${written(kernel.data[far])}. It takes ${pairs.length} pairs, added up.`
  );
}
