// The learner's result beside the right one, as a sentence.

import { written } from "./dom.js";

const CLOSE = 1e-5; // of the largest number, and at least of 1

/**
 * What a learner's array is worth beside the right one.
 * @param {string} name
 * @param {any} yours what came back
 * @param {import("./maths.js").NDArray} right
 * @returns {{ right: boolean, text: string, different: number[] }} `different`: the cells, where the shape is right
 */
export function compared(name, yours, right) {
  if (!yours || !yours.data) {
    return {
      right: false,
      text: `\`${name}\` returned ${JSON.stringify(yours)}; it must return an array.`,
      different: [],
    };
  }
  if (String(yours.shape) !== String(right.shape)) {
    const text = `\`${name}\` returned an array of shape (${yours.shape.join(", ")}); the right shape is (${right.shape.join(", ")}).`;
    return { right: false, text, different: [] };
  }
  const scale = right.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const different = [];
  right.data.forEach((value, n) => {
    if (!(Math.abs(yours.data[n] - value) <= CLOSE * scale)) different.push(n);
  });
  if (!different.length) {
    return { right: true, text: `\`${name}\` gives the same ${right.data.length} numbers.`, different };
  }
  const place = placeOf(different[0], right.shape).join(", ");
  const [mine, other] = [yours.data[different[0]], right.data[different[0]]].map((value) => written(value));
  const text = `\`${name}\` differs in ${different.length} of ${right.data.length} cells. At [${place}] it gives ${mine}; right is ${other}.`;
  return { right: false, text, different };
}

/** Where entry `n` of an array of this shape is: an index for each axis. */
export function placeOf(n, shape) {
  return shape
    .reduceRight(([rest, ...place], length) => [Math.floor(rest / length), rest % length, ...place], [n])
    .slice(1);
}
