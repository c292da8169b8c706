// Windows laid out as the columns of a matrix: where each entry comes from, and what the layout costs in memory.

import { outputSize, padded, planeOf, zeros } from "./maths.js";

/** @typedef {import("./maths.js").NDArray} NDArray */
/** @typedef {{ kernel: number[], stride: number[], padding: number[], dilation: number[] }} Window pairs, rows first */

/** Rows and columns of places; 0 along an axis on which the kernel fits nowhere. @returns {number[]} */
export function placesOf(shape, { kernel, stride, padding, dilation }) {
  return shape
    .slice(-2)
    .map((n, axis) => Math.max(0, outputSize(n, kernel[axis], stride[axis], padding[axis], dilation[axis])));
}

/** Every channel in its frame of zeros. @param {NDArray} x shape (C, H, W) @returns {NDArray} */
export function paddedChannels(x, padding) {
  const planes = Array.from({ length: x.shape[0] }, (_, c) => padded(planeOf(x, [c]), padding));
  const data = new Float64Array(planes.length * planes[0].data.length);
  planes.forEach((plane, c) => data.set(plane.data, c * plane.data.length));
  return { shape: [planes.length, ...planes[0].shape], data };
}

/**
 * What an entry of the matrix is: channel `c`, row `u` and column `v` of the kernel, window `i, j`, and with them row
 * `p` and column `q` of the padded image.
 * @param {number[]} entry row and column of the matrix
 * @param {Window} window
 * @param {number[]} places OH and OW
 */
export function sourceOf([row, column], { kernel: [KH, KW], stride, dilation }, [, OW]) {
  const [c, u, v] = [Math.floor(row / (KH * KW)), Math.floor(row / KW) % KH, row % KW];
  const [i, j] = [Math.floor(column / OW), column % OW];
  return { c, u, v, i, j, p: i * stride[0] + u * dilation[0], q: j * stride[1] + v * dilation[1] };
}

/** @param {NDArray} x shape (C, H, W) @param {Window} window @returns {NDArray} shape (C·KH·KW, OH·OW) */
export function im2col(x, window) {
  const framed = paddedChannels(x, window.padding);
  const [, H, W] = framed.shape;
  const places = placesOf(x.shape, window);
  const columns = zeros(x.shape[0] * window.kernel[0] * window.kernel[1], places[0] * places[1]);
  const width = columns.shape[1];
  columns.data.forEach((_, n) => {
    const { c, p, q } = sourceOf([Math.floor(n / width), n % width], window, places);
    columns.data[n] = framed.data[(c * H + p) * W + q];
  });
  return columns;
}

/** All entries of the matrix that are copies of one pixel of the padded image, column by column. @returns {number[][]} */
export function copiesOf({ c, p, q }, { kernel: [KH, KW], stride, dilation }, [OH, OW]) {
  const copies = [];
  for (let i = 0; i < OH; i++) {
    const u = (p - i * stride[0]) / dilation[0];
    if (!Number.isInteger(u) || u < 0 || u >= KH) continue;
    for (let j = 0; j < OW; j++) {
      const v = (q - j * stride[1]) / dilation[1];
      if (Number.isInteger(v) && v >= 0 && v < KW) copies.push([(c * KH + u) * KW + v, i * OW + j]);
    }
  }
  return copies;
}

/**
 * How many numbers im2col and the shifted rows write down for a batch.
 * @param {number[]} shape (N, C, H, W)
 * @param {Window} window
 * @returns {{ input: number, columns: number, rows: number | null }} `rows` is null where they cannot slide so
 */
export function numbersWritten([N, C, H, W], window) {
  const { kernel, stride, padding, dilation } = window;
  const [OH, OW] = placesOf([H, W], window);
  const plain = Math.max(...stride, ...dilation) === 1 && padding[0] === padding[1];
  return {
    input: N * C * H * W,
    columns: N * C * kernel[0] * kernel[1] * OH * OW,
    rows: plain ? N * C * kernel[1] * (H + 2 * padding[0]) * OW : null,
  };
}

/**
 * Each row of a padded image, copied once for every column of the kernel; for stride 1 without dilation.
 * @param {NDArray} x shape (C, H, W)
 * @param {Window} window
 * @returns {NDArray} shape (H + 2·padding, C, KW, OW)
 */
export function shiftedRows(x, { kernel: [, KW], padding }) {
  const framed = paddedChannels(x, padding);
  const [C, H, W] = framed.shape;
  const rows = zeros(H, C, KW, W - KW + 1);
  let n = 0;
  for (let i = 0; i < H; i++) {
    for (let c = 0; c < C; c++) {
      for (let v = 0; v < KW; v++) {
        for (let j = 0; j + KW <= W; j++) rows.data[n++] = framed.data[(c * H + i) * W + j + v];
      }
    }
  }
  return rows;
}
