// One neuron of the net: what comes in, with which weights, and what it sees of the image.

import { zeros } from "./maths.js";
import { receptiveField } from "./stack.js";

/** @typedef {import("./maths.js").NDArray} NDArray */
/** @typedef {[string, ...number[]]} Place a layer, then map, row and column, or a unit */
/** @typedef {{ row: number, column: number, height: number, width: number }} Window */

const BEFORE = { conv1: "image", pool1: "conv1", conv2: "pool1", pool2: "conv2", fc1: "pool2", fc2: "fc1", fc3: "fc2" };

/**
 * What comes into a neuron.
 * @param {Object<string, NDArray>} layers what `forward` gave
 * @param {Object<string, NDArray>} parameters
 * @param {import("./lenet.js").Kind} kind
 * @param {Place} place
 * @returns {{ source: string, map: number | null, window: Window | null, inputs: NDArray, weights: NDArray, bias: number }}
 *   `source`: the layer before, of which only `map` (null: all of them) and only `window` (null: everything) counts;
 *   inputs and weights (C, H, W) or (units,)
 */
export function incoming(layers, parameters, { padding, pooling }, [layer, index, row, column]) {
  const source = BEFORE[layer];
  const x = layers[source];
  if (layer.startsWith("pool")) {
    const window = { row: 2 * row, column: 2 * column, height: 2, width: 2 };
    const inputs = cut(x, index, index + 1, window);
    return { source, map: index, window, inputs, weights: poolWeights(inputs, pooling), bias: 0 };
  }
  const [w, b] = [parameters[`${layer}.w`], parameters[`${layer}.b`]];
  const each = w.data.length / w.shape[0];
  const weights = w.data.subarray(index * each, (index + 1) * each);
  const bias = b.data[index];
  if (layer.startsWith("fc")) {
    return { source, map: null, window: null, inputs: x, weights: { shape: x.shape, data: weights }, bias };
  }
  const pad = padding[layer === "conv1" ? 0 : 1];
  const [, C, height, width] = w.shape;
  const window = { row: row - pad, column: column - pad, height, width };
  const shape = [C, height, width];
  return { source, map: null, window, inputs: cut(x, 0, C, window), weights: { shape, data: weights }, bias };
}

/** A window of some maps; outside of them there are zeros. */
function cut({ shape: [, H, W], data }, from, to, { row, column, height, width }) {
  const part = zeros(to - from, height, width);
  for (let n = 0; n < part.data.length; n++) {
    const c = from + Math.floor(n / (height * width));
    const [i, j] = [row + (Math.floor(n / width) % height), column + (n % width)];
    if (i >= 0 && i < H && j >= 0 && j < W) part.data[n] = data[(c * H + i) * W + j];
  }
  return part;
}

/** Pooling as weights: a quarter each, or 1 for the first of the largest. */
function poolWeights({ shape, data }, pooling) {
  const winner = data.indexOf(Math.max(...data));
  return { shape, data: data.map((_, n) => (pooling === "max" ? Number(n === winner) : 1 / 4)) };
}

/**
 * The part of the image that a neuron depends on; it may reach into the padding.
 * @param {Object<string, NDArray>} parameters
 * @param {number[]} padding
 * @param {Place} place
 * @returns {Window | null} null for the whole image
 */
export function seenBy(parameters, padding, [layer, , row, column]) {
  if (layer.startsWith("fc")) return null;
  const along = [2, 3].map((axis, n) => {
    const [k1, k2] = ["conv1.w", "conv2.w"].map((name) => parameters[name].shape[axis]);
    const stack = [[k1, 1, padding[0]], [2, 2, 0], [k2, 1, padding[1]], [2, 2, 0]]; // prettier-ignore
    const depth = ["conv1", "pool1", "conv2", "pool2"].indexOf(layer) + 1;
    const { size, jump, start } = receptiveField(stack.slice(0, depth));
    return [start + [row, column][n] * jump, size];
  });
  return { row: along[0][0], column: along[1][0], height: along[0][1], width: along[1][1] };
}
