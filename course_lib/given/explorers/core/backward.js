// A convolutional layer for one image, forward and backward, and the slopes that moving a number shows.

import { copiesOf, paddedChannels, placesOf, sourceOf } from "./columns.js";
import { zeros } from "./maths.js";

/** @typedef {import("./maths.js").NDArray} NDArray */
/** @typedef {{ x: NDArray, w: NDArray, b: NDArray, stride: number[], padding: number[] }} Layer x (C, H, W), w (F, C, KH, KW), b (F,) */

/** How the layer's kernel lies on its image. @param {Layer} layer @returns {import("./columns.js").Window} */
export function windowOf({ w, stride, padding }) {
  return { kernel: w.shape.slice(2), stride, padding, dilation: [1, 1] };
}

/**
 * Every product of the layer, in the order of its loops.
 * @param {Layer} layer
 * @param {NDArray} framed its padded image
 * @param {(n: number, weight: number, pixel: number, f: number) => void} visit indices into output, w and padded image
 */
function walk({ x, w, stride, padding }, framed, visit) {
  const [F, C, KH, KW] = w.shape;
  const [, H, W] = framed.shape;
  const [OH, OW] = placesOf(x.shape, windowOf({ w, stride, padding }));
  for (let f = 0; f < F; f++) {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        for (let c = 0; c < C; c++) {
          for (let u = 0; u < KH; u++) {
            const row = (c * H + i * stride[0] + u) * W + j * stride[1];
            const weights = ((f * C + c) * KH + u) * KW;
            for (let v = 0; v < KW; v++) visit((f * OH + i) * OW + j, weights + v, row + v, f);
          }
        }
      }
    }
  }
}

/** @param {Layer} layer @returns {NDArray} shape (F, OH, OW) */
export function conv2d(layer) {
  const { x, w, b } = layer;
  const framed = paddedChannels(x, layer.padding);
  const [OH, OW] = placesOf(x.shape, windowOf(layer));
  const output = zeros(w.shape[0], OH, OW);
  output.data.forEach((_, n) => (output.data[n] = b.data[Math.floor(n / (OH * OW))]));
  walk(layer, framed, (n, weight, pixel) => (output.data[n] += framed.data[pixel] * w.data[weight]));
  return output;
}

/**
 * @param {NDArray} dy shape (F, OH, OW)
 * @param {Layer} layer
 * @returns {{ dpadded: NDArray, dx: NDArray, dw: NDArray, db: NDArray }}
 */
export function conv2dBackward(dy, layer) {
  const { x, w } = layer;
  const framed = paddedChannels(x, layer.padding);
  const [dpadded, dw, db] = [zeros(...framed.shape), zeros(...w.shape), zeros(w.shape[0])];
  walk(layer, framed, (n, weight, pixel) => {
    dw.data[weight] += dy.data[n] * framed.data[pixel];
    dpadded.data[pixel] += dy.data[n] * w.data[weight];
  });
  const each = dy.data.length / w.shape[0];
  dy.data.forEach((value, n) => (db.data[Math.floor(n / each)] += value));
  return { dpadded, dx: cropped(dpadded, x.shape, layer.padding), dw, db };
}

function cropped(framed, shape, [ph, pw]) {
  const [, H, W] = framed.shape;
  const inner = zeros(...shape);
  inner.data.forEach((_, n) => {
    const [c, row, column] = [Math.floor(n / (shape[1] * shape[2])), Math.floor(n / shape[2]) % shape[1], n % shape[2]];
    inner.data[n] = framed.data[(c * H + row + ph) * W + column + pw];
  });
  return inner;
}

/** The sum of all outputs, each times its dy: the number that the gradients are for. */
export function total(dy, layer) {
  return conv2d(layer).data.reduce((sum, value, n) => sum + value * dy.data[n], 0);
}

/**
 * The total with one number of x, w or b one larger, and one smaller. The layer is linear in each: steps of 1 are exact.
 * @param {"x" | "w" | "b"} name
 * @returns {{ above: number, below: number, slope: number }}
 */
export function moved(dy, layer, name, n) {
  const at = (step) => {
    const array = { shape: layer[name].shape, data: Float64Array.from(layer[name].data) };
    array.data[n] += step;
    return total(dy, { ...layer, [name]: array });
  };
  const [above, below] = [at(1), at(-1)];
  return { above, below, slope: (above - below) / 2 };
}

/** The slope for each number of x, w or b, measured. @returns {NDArray} */
export function slopes(dy, layer, name) {
  const { shape, data } = layer[name];
  return { shape: [...shape], data: data.map((_, n) => moved(dy, layer, name, n).slope) };
}

/**
 * What meets at a pixel of the padded image: each place whose window has it, with the kernel entry that lies on it.
 * @param {Layer} layer
 * @returns {{ i: number, j: number, u: number, v: number }[]}
 */
export function meeting(layer, { p, q }) {
  const window = windowOf(layer);
  const places = placesOf(layer.x.shape, window);
  return copiesOf({ c: 0, p, q }, window, places).map((entry) => sourceOf(entry, window, places));
}
