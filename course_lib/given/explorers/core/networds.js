// What the net and its neurons do, in words and numbers.

import { factor, written } from "./dom.js";

/** @typedef {import("./neuron.js").Place} Place */

const FEW = 8; // so many sums, one a map, are spelled out, and so many names

/** What a neuron is called in a sentence. */
export function named([layer, ...place]) {
  return place.length > 1
    ? `${layer}, map ${place[0]}, row ${place[1]}, column ${place[2]}`
    : `${layer}, unit ${place[0]}`;
}

/** What of the image a neuron sees, as a sentence. */
export function sees(field, [H, W]) {
  if (!field) return "It sees the whole image.";
  const { row, column, height, width } = field;
  const beyond = row < 0 || column < 0 || row + height > H || column + width > W ? ", padding among them" : "";
  return `It sees ${height} × ${width} pixels${beyond}: rows ${written(row)} to ${row + height - 1}, columns ${written(column)} to ${column + width - 1}.`;
}

/** What can be muted, in words. */
export function mutable([layer, index]) {
  return `${layer.startsWith("fc") ? "unit" : "map"} ${index} of ${layer}`;
}

/** What the net reads, and what it read before something was muted. */
export function reading(probabilities, before, muted) {
  const told = (values) => {
    const best = values.indexOf(Math.max(...values));
    return `${best} (${values[best].toFixed(3)})`;
  };
  if (!muted.length) return `The net reads ${told(probabilities)}. Nothing is muted.`;
  const names = muted.length > FEW ? `${muted.length} maps and units` : muted.map(mutable).join(", ");
  return `Without ${names} the net reads ${told(probabilities)}; with everything, ${told(before)}.`;
}

/**
 * How a neuron comes to its number, in words and numbers; a score with its probability.
 * @param {Place} place
 * @param {{ source: string, inputs: any, weights: any, bias: number }} incoming
 * @param {Object<string, import("./maths.js").NDArray>} layers
 * @param {string} pooling
 */
export function formula([layer, ...place], { source, inputs, weights, bias }, layers, pooling) {
  const name = `${layer}[${place.join(", ")}]`;
  const products = inputs.data.map((value, n) => value * weights.data[n]);
  const sum = bias + total(products);
  if (layer.startsWith("pool"))
    return `${name} = ${pooling}(${[...inputs.data].map(short).join(", ")}) = ${short(sum)}`;
  const terms = [factor(bias), ...sums(products, inputs.shape)].join(" + ");
  if (layer === "fc3") {
    const share = `e^${short(sum)} / (the sum of e^score over all ten) = ${short(layers.probabilities.data[place[0]])}`;
    return `${name} = bias + ${products.length} products = ${terms} = ${short(sum)}\nprobability of ${place[0]} = ${share}`;
  }
  const what = byMap(inputs.shape) ? `one sum for each map of ${source}` : `${products.length} products`;
  return `${name} = relu(bias + ${what}) = relu(${terms}) = relu(${short(sum)}) = ${short(Math.max(0, sum))}`;
}

/** The products added up map by map, where there are a few; else those above zero and those below. */
function sums(products, shape) {
  if (byMap(shape)) {
    const each = products.length / shape[0];
    return Array.from({ length: shape[0] }, (_, c) => factor(total(products.subarray(c * each, (c + 1) * each))));
  }
  const [above, below] = [products.filter((value) => value > 0), products.filter((value) => value < 0)];
  return [`${short(total(above))} (${above.length} above 0)`, `${factor(total(below))} (${below.length} below)`];
}

const byMap = ([C, ...rest]) => rest.length > 0 && C > 1 && C <= FEW;
const total = (values) => values.reduce((all, value) => all + value, 0);
const short = (value) => written(value);
