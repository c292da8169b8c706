// Pooling one channel, and its way back.

import { outputSize, zeros } from "./maths.js";

/**
 * @typedef {object} Pooling rows first in each pair
 * @property {number[]} window
 * @property {number[]} stride
 * @property {number[]} padding at most half the window, so that every window reaches the image
 * @property {"max" | "mean"} kind
 * @property {boolean} countPadding whether padding counts in the mean
 */

/** @param {number[]} shape @param {Pooling} how @returns {number[]} rows and columns of the output */
export function pooledShape(shape, { window, stride, padding }) {
  return shape.map((length, axis) => outputSize(length, window[axis], stride[axis], padding[axis]));
}

/** The pixels of the image under the window of one place, as indices into its data, row by row. */
export function covered([H, W], { window, stride, padding }, [i, j]) {
  const pixels = [];
  for (let u = 0; u < window[0]; u++) {
    const row = i * stride[0] + u - padding[0];
    if (row < 0 || row >= H) continue;
    for (let v = 0; v < window[1]; v++) {
      const column = j * stride[1] + v - padding[1];
      if (column >= 0 && column < W) pixels.push(row * W + column);
    }
  }
  return pixels;
}

/** The first of the largest. */
export function winner(image, pixels) {
  return pixels.reduce((best, n) => (image.data[n] > image.data[best] ? n : best));
}

/** What a sum over a window is divided by. */
export function divisor(pixels, { window, countPadding }) {
  return countPadding ? window[0] * window[1] : pixels.length;
}

let last = { key: "", windows: [] }; // those of the sizes asked for last, which are asked for again at once

/** The pixels under every window, place by place. */
function allCovered(shape, how) {
  const key = [shape, how.window, how.stride, how.padding].join(";");
  if (key !== last.key) {
    const [OH, OW] = pooledShape(shape, how);
    const windows = Array.from({ length: OH * OW }, (_, n) => covered(shape, how, [Math.floor(n / OW), n % OW]));
    last = { key, windows };
  }
  return last.windows;
}

/** An array as large as the output: what `value` says of the pixels under each window. */
function perWindow(shape, how, value) {
  const output = zeros(...pooledShape(shape, how));
  allCovered(shape, how).forEach((pixels, n) => (output.data[n] = value(pixels, n)));
  return output;
}

/** @param {import("./maths.js").NDArray} image shape (H, W) @param {Pooling} how @returns {import("./maths.js").NDArray} */
export function pool(image, how) {
  return perWindow(image.shape, how, (pixels) => {
    if (how.kind === "max") return image.data[winner(image, pixels)];
    return pixels.reduce((sum, n) => sum + image.data[n], 0) / divisor(pixels, how);
  });
}

/** For each window, the winner's `row * W + column` in the image. */
export function winners(image, how) {
  return perWindow(image.shape, how, (pixels) => winner(image, pixels));
}

/**
 * The way back: how much of each gradient reaches each pixel. The largest takes all, the mean shares evenly; a pixel
 * under several windows adds up what it gets.
 * @param {import("./maths.js").NDArray} gradient as large as the output
 * @returns {import("./maths.js").NDArray} as large as the image
 */
export function sendBack(gradient, image, how) {
  const result = zeros(...image.shape);
  allCovered(image.shape, how).forEach((pixels, place) => {
    const arriving = gradient.data[place];
    if (how.kind === "max") result.data[winner(image, pixels)] += arriving;
    else for (const n of pixels) result.data[n] += arriving / divisor(pixels, how);
  });
  return result;
}
