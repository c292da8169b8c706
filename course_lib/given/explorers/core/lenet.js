// The twin of LeNet-5: two convolutions with relu, each pooled by 2, and three linear layers.

import { outputSize, zeros } from "./maths.js";

/** @typedef {import("./maths.js").NDArray} NDArray */
/** @typedef {{ padding: number[], pooling: string }} Kind the padding of conv1 and conv2; "mean" or "max" */

export const LAYERS = ["conv1", "conv2", "fc1", "fc2", "fc3"];

/**
 * The parameters by name, out of one long row; their order is fixed, whatever became of that of the shapes.
 * @param {NDArray} row
 * @param {Object<string, number[]>} shapes
 * @returns {Object<string, NDArray>}
 */
export function parametersOf(row, shapes) {
  const parameters = {};
  let from = 0;
  for (const name of LAYERS.flatMap((layer) => [`${layer}.w`, `${layer}.b`])) {
    const length = shapes[name].reduce((all, one) => all * one, 1);
    parameters[name] = { shape: shapes[name], data: row.data.subarray(from, from + length) };
    from += length;
  }
  return parameters;
}

/**
 * The parameters with those of some filters and units all 0.
 * @param {Object<string, NDArray>} parameters
 * @param {[string, number][]} muted
 */
export function without(parameters, muted) {
  const changed = { ...parameters };
  for (const [layer, index] of muted) {
    for (const name of [`${layer}.w`, `${layer}.b`]) {
      const { shape, data } = changed[name];
      const each = data.length / shape[0];
      changed[name] = { shape, data: data.slice().fill(0, index * each, (index + 1) * each) };
    }
  }
  return changed;
}

/**
 * Every layer of the net on one image.
 * @param {Object<string, NDArray>} parameters
 * @param {NDArray} image shape (H, W)
 * @param {Kind} kind
 * @returns {Object<string, NDArray>} conv1, pool1, conv2 and pool2 (C, H, W), fc1 and fc2 (units,), all after relu;
 *   fc3 (classes,) and its softmax, probabilities
 */
export function forward(parameters, image, { padding, pooling }) {
  const p = parameters;
  const layers = { image: { shape: [1, ...image.shape], data: image.data } };
  layers.conv1 = convolved(layers.image, p["conv1.w"], p["conv1.b"], padding[0]);
  layers.pool1 = pooled(layers.conv1, pooling);
  layers.conv2 = convolved(layers.pool1, p["conv2.w"], p["conv2.b"], padding[1]);
  layers.pool2 = pooled(layers.conv2, pooling);
  layers.fc1 = rectified(linear(layers.pool2, p["fc1.w"], p["fc1.b"]));
  layers.fc2 = rectified(linear(layers.fc1, p["fc2.w"], p["fc2.b"]));
  layers.fc3 = linear(layers.fc2, p["fc3.w"], p["fc3.b"]);
  layers.probabilities = softmax(layers.fc3);
  return layers;
}

function rectified(array) {
  for (let n = 0; n < array.data.length; n++) if (array.data[n] < 0) array.data[n] = 0;
  return array;
}

/** A convolution and relu. The innermost loop goes along a row of the output: that is several times faster. */
function convolved(x, w, b, padding) {
  const [C, H, W] = x.shape;
  const [F, , KH, KW] = w.shape;
  const [OH, OW] = [outputSize(H, KH, 1, padding), outputSize(W, KW, 1, padding)];
  const output = zeros(F, OH, OW);
  for (let f = 0; f < F; f++) {
    output.data.fill(b.data[f], f * OH * OW, (f + 1) * OH * OW);
    for (let tap = 0; tap < C * KH * KW; tap++) {
      const weight = w.data[f * C * KH * KW + tap];
      const [c, u, v] = [Math.floor(tap / (KH * KW)), (Math.floor(tap / KW) % KH) - padding, (tap % KW) - padding];
      const [first, last] = [Math.max(0, -v), Math.min(OW, W - v)];
      for (let i = Math.max(0, -u); i < Math.min(OH, H - u); i++) {
        const [from, to] = [(c * H + i + u) * W + v, (f * OH + i) * OW];
        for (let j = first; j < last; j++) output.data[to + j] += weight * x.data[from + j];
      }
    }
  }
  return rectified(output);
}

/** Every 2 × 2 block as one number; a row or column that is left over is dropped. */
function pooled({ shape: [C, H, W], data }, pooling) {
  const [OH, OW] = [Math.floor(H / 2), Math.floor(W / 2)];
  const output = zeros(C, OH, OW);
  for (let n = 0; n < output.data.length; n++) {
    const [c, i, j] = [Math.floor(n / (OH * OW)), Math.floor(n / OW) % OH, n % OW];
    const at = (c * H + 2 * i) * W + 2 * j;
    const [one, two, three, four] = [data[at], data[at + 1], data[at + W], data[at + W + 1]];
    output.data[n] = pooling === "max" ? Math.max(one, two, three, four) : (one + two + three + four) / 4;
  }
  return output;
}

function linear(x, w, b) {
  const [K, M] = w.shape;
  const output = zeros(K);
  for (let k = 0; k < K; k++) {
    let sum = b.data[k];
    for (let m = 0; m < M; m++) sum += w.data[k * M + m] * x.data[m];
    output.data[k] = sum;
  }
  return output;
}

/** @param {NDArray} scores @returns {NDArray} */
export function softmax({ shape, data }) {
  const most = Math.max(...data);
  const exponentials = data.map((value) => Math.exp(value - most));
  const sum = exponentials.reduce((all, value) => all + value, 0);
  return { shape, data: exponentials.map((value) => value / sum) };
}
