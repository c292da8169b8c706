// Volumes: arrays with a depth, and a kernel that slides along it.

import { outputSize, zeros } from "./maths.js";

/** @typedef {import("./maths.js").NDArray} NDArray */

/** An array (A, B, C) from what stands at each place. */
function filled(shape, valueAt) {
  const array = zeros(...shape);
  let n = 0;
  for (let a = 0; a < shape[0]; a++) {
    for (let b = 0; b < shape[1]; b++) for (let c = 0; c < shape[2]; c++) array.data[n++] = valueAt(a, b, c);
  }
  return array;
}

const at = ({ shape, data }, d, i, j) => data[(d * shape[1] + i) * shape[2] + j];

/**
 * Cross-correlate a volume with a kernel that slides along depth, height and width.
 * @param {NDArray} volume shape (D, H, W)
 * @param {NDArray} kernel shape (KD, KH, KW), no longer than the volume along any axis
 * @returns {NDArray} shape (OD, OH, OW)
 */
export function crossCorrelate3d(volume, kernel) {
  const [KD, KH, KW] = kernel.shape;
  const places = volume.shape.map((n, axis) => outputSize(n, kernel.shape[axis]));
  return filled(places, (d, i, j) => {
    let sum = 0;
    for (let t = 0; t < KD; t++) {
      for (let u = 0; u < KH; u++) {
        for (let v = 0; v < KW; v++) sum += at(volume, d + t, i + u, j + v) * at(kernel, t, u, v);
      }
    }
    return sum;
  });
}

/** The box of a volume that begins at a place. @returns {NDArray} */
export function boxOf(volume, [d, i, j], lengths) {
  return filled(lengths, (t, u, v) => at(volume, d + t, i + u, j + v));
}

/** The last frame first. @returns {NDArray} */
export function backwards(volume) {
  return filled(volume.shape, (d, i, j) => at(volume, volume.shape[0] - 1 - d, i, j));
}

/** A kernel in another size: its middle stays in the middle. @returns {NDArray} */
export function resized(kernel, lengths) {
  const shift = lengths.map((length, axis) => (length >> 1) - (kernel.shape[axis] >> 1));
  return filled(lengths, (...place) => {
    const old = place.map((index, axis) => index - shift[axis]);
    return old.every((index, axis) => index >= 0 && index < kernel.shape[axis]) ? at(kernel, ...old) : 0;
  });
}

/** The frame (H, W) at a depth. @returns {NDArray} */
export function frameAt(volume, d) {
  const [, H, W] = volume.shape;
  return { shape: [H, W], data: volume.data.slice(d * H * W, (d + 1) * H * W) };
}

/** One row of every frame, the first frame on top. @returns {NDArray} shape (D, W) */
export function rowThroughTime(volume, i) {
  const [D, , W] = volume.shape;
  const { data } = filled([1, D, W], (_, d, j) => at(volume, d, i, j));
  return { shape: [D, W], data };
}

/** One column of every frame, the first frame on the left. @returns {NDArray} shape (H, D) */
export function columnThroughTime(volume, j) {
  const [D, H] = volume.shape;
  const { data } = filled([1, H, D], (_, i, d) => at(volume, d, i, j));
  return { shape: [H, D], data };
}

/** How strong answers are: the mean of their squares. */
export function meanSquare({ data }) {
  return data.reduce((all, value) => all + value * value, 0) / data.length;
}
