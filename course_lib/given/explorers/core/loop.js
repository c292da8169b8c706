// The loop over all places and products, as a time that one can go to: what has been added up by then.

import { outputSize, zeros } from "./maths.js";

/**
 * A convolution as a loop. Each place takes 2 more steps than there are products: `sum ← 0` first, `out ← sum` last.
 * @typedef {{ framed: import("./maths.js").NDArray, kernel: import("./maths.js").NDArray, stride: number[],
 *   dilation: number[], shape: number[], steps: number, each: number }} Loop
 */

/**
 * @param {import("./maths.js").NDArray} framed the image in its padding
 * @param {import("./maths.js").NDArray} kernel
 * @param {{ stride?: number[], dilation?: number[] }} [options]
 * @returns {Loop} with `shape` of the output, the number of `steps` in all, and `each`: those of one place
 */
export function loopOver(framed, kernel, { stride = [1, 1], dilation = [1, 1] } = {}) {
  const shape = [0, 1].map((axis) =>
    Math.max(0, outputSize(framed.shape[axis], kernel.shape[axis], stride[axis], 0, dilation[axis])),
  );
  const each = kernel.data.length + 2;
  return { framed, kernel, stride, dilation, shape, each, steps: shape[0] * shape[1] * each };
}

/**
 * What the loop knows after a step.
 * @param {Loop} loop
 * @param {number} time from 0 to steps − 1
 * @returns {{ i: number, j: number, added: number, sum: number, terms: number[][], pixel: number[], entry: number[], done: boolean }}
 *   `added`: how many products are in the sum; `terms`: their factors; `pixel` and `entry`: where the last ones are
 */
export function at(loop, time) {
  const { framed, kernel, stride, dilation, shape, each } = loop;
  const place = Math.floor(time / each);
  const [i, j] = [Math.floor(place / shape[1]), place % shape[1]];
  const added = Math.min(time % each, each - 2);
  const terms = [];
  let sum = 0;
  let [pixel, entry] = [null, null];
  for (let n = 0; n < added; n++) {
    entry = [Math.floor(n / kernel.shape[1]), n % kernel.shape[1]];
    pixel = [i, j].map((index, axis) => index * stride[axis] + entry[axis] * dilation[axis]);
    const factors = [framed.data[pixel[0] * framed.shape[1] + pixel[1]], kernel.data[n]];
    terms.push(factors);
    sum += factors[0] * factors[1];
  }
  return { i, j, added, sum, terms, pixel, entry, done: time % each === each - 1 };
}

/** The time at which a place is begun. */
export function begins(loop, i, j) {
  return (i * loop.shape[1] + j) * loop.each;
}

/** What has been written into the output by then; NaN where nothing has. */
export function outputAt(loop, time) {
  const output = zeros(...loop.shape);
  const written = Math.floor((time + 1) / loop.each);
  for (let place = 0; place < output.data.length; place++) {
    output.data[place] = place < written ? at(loop, (place + 1) * loop.each - 1).sum : NaN;
  }
  return output;
}

/**
 * The end of the next, or of the last, stretch of so many steps.
 * @param {Loop} loop @param {number} time @param {number} direction 1 or −1 @param {number} stretch
 */
export function stepped(loop, time, direction, stretch) {
  const stretches = direction > 0 ? Math.floor((time + 1) / stretch) + 1 : Math.ceil((time + 1) / stretch) - 1;
  return Math.max(0, Math.min(loop.steps, stretches * stretch) - 1);
}
