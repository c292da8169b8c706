// One place of an output in words and numbers.

import { factor, written } from "./dom.js";
import { times } from "./maths.js";

const FEW = 9; // so many products are spelled out one by one; of more, the sums of rows

/**
 * A sum of products, spelled out.
 * @param {string} name what it is the value of, such as "output[0, 2]"
 * @param {import("./maths.js").NDArray} patch
 * @param {import("./maths.js").NDArray} kernel of the same shape
 */
export function sumOfProducts(name, patch, kernel) {
  const products = times(patch, kernel);
  const sum = products.data.reduce((all, value) => all + value, 0);
  const [KH, KW] = kernel.shape;
  const counted = kernel.data.reduce((places, value, n) => (value ? [...places, n] : places), []);
  if (!counted.length) return `${name} = 0: every kernel entry is 0.`;
  if (counted.length <= FEW) {
    const terms = counted.map((n) => `${factor(patch.data[n])}·${factor(kernel.data[n])}`);
    return `${name} = ${terms.join(" + ")} = ${written(sum)}`;
  }
  const rows = Array.from({ length: KH }, (_, u) => products.data.subarray(u * KW, (u + 1) * KW));
  const sums = rows.map((line) => factor(line.reduce((all, value) => all + value, 0)));
  return `${name} = ${sums.join(" + ")} (row by row, ${KH * KW} products) = ${written(sum)}`;
}
