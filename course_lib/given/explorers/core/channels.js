// Filters over an image with channels: what each channel adds, and the sum.

import { crossCorrelate2d, planeOf } from "./maths.js";

/** @typedef {import("./maths.js").NDArray} NDArray */

/**
 * What each channel adds to the map of one filter.
 * @param {NDArray} image shape (C, H, W)
 * @param {NDArray} kernel shape (C, KH, KW)
 * @returns {NDArray[]} C maps (OH, OW)
 */
export function shares(image, kernel) {
  return Array.from({ length: image.shape[0] }, (_, c) => crossCorrelate2d(planeOf(image, [c]), planeOf(kernel, [c])));
}

/**
 * The maps of the channels that are heard, added up over a bias.
 * @param {NDArray[]} maps one or more, of one shape
 * @param {boolean[]} heard for each channel
 * @returns {NDArray}
 */
export function addedUp(maps, heard, bias = 0) {
  const sum = (n) => maps.reduce((all, { data }, c) => (heard[c] ? all + data[n] : all), bias);
  return { shape: [...maps[0].shape], data: maps[0].data.map((_, n) => sum(n)) };
}

/** One filter of a bank. @param {NDArray} filters shape (F, C, KH, KW) @returns {NDArray} shape (C, KH, KW) */
export function filterOf(filters, f) {
  const size = filters.data.length / filters.shape[0];
  return { shape: filters.shape.slice(1), data: filters.data.slice(f * size, (f + 1) * size) };
}

/** Filters with the slices of some channels set to zero. @param {boolean[]} heard for each channel @returns {NDArray} */
export function silenced(filters, heard) {
  const size = filters.shape[2] * filters.shape[3];
  return {
    shape: [...filters.shape],
    data: filters.data.map((value, n) => (heard[Math.floor(n / size) % heard.length] ? value : 0)),
  };
}

/**
 * A layer without padding, from what each channel adds to each filter's map.
 * @param {NDArray[][]} parts for each filter its shares
 * @param {boolean[]} heard for each channel
 * @param {ArrayLike<number>} bias one a filter
 * @returns {NDArray} shape (F, OH, OW)
 */
export function layer(parts, heard, bias) {
  const maps = parts.map((shares, f) => addedUp(shares, heard, bias[f]));
  const data = new Float64Array(maps.length * maps[0].data.length);
  maps.forEach((map, f) => data.set(map.data, f * map.data.length));
  return { shape: [maps.length, ...maps[0].shape], data };
}
