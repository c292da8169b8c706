// Arrays and what is computed with them: plain loops, which are fast enough for what fits on a screen.

/** @typedef {{ shape: number[], data: Float64Array }} NDArray row-major, as in NumPy */

/** @returns {NDArray} */
export function zeros(...shape) {
  return { shape, data: new Float64Array(shape.reduce((all, length) => all * length, 1)) };
}

/** @returns {NDArray} an array from nested lists of rows */
export function fromRows(rows) {
  return { shape: [rows.length, rows[0].length], data: Float64Array.from(rows.flat()) };
}

/** @returns {NDArray} */
export function copy({ shape, data }) {
  return { shape: [...shape], data: Float64Array.from(data) };
}

/** Whether anything in an array is below zero. */
export function hasNegatives({ data }) {
  return data.some((value) => value < 0);
}

/** The largest distance from zero, or 1 where all is zero: the reach of a colour scale. */
export function reach({ data }) {
  let most = 0;
  for (const value of data) most = Math.max(most, Math.abs(value));
  return most || 1;
}

/**
 * How many places a kernel finds along one axis; 0 or less where it fits nowhere.
 * @param {number} n @param {number} k @param {number} [stride] @param {number} [padding] @param {number} [dilation]
 */
export function outputSize(n, k, stride = 1, padding = 0, dilation = 1) {
  return Math.floor((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1;
}

/** Along one axis of the padded image: which pixels no kernel entry lies on at any place. */
export function unseen(n, k, s, p, d) {
  const places = Math.max(0, outputSize(n, k, s, p, d));
  const seen = new Set();
  for (let i = 0; i < places; i++) for (let u = 0; u < k; u++) seen.add(i * s + u * d);
  return Array.from({ length: n + 2 * p }, (_, at) => at).filter((at) => !seen.has(at));
}

/**
 * Cross-correlate one channel with one kernel. Each option is a pair, rows first.
 * @param {NDArray} image shape (H, W)
 * @param {NDArray} kernel shape (KH, KW)
 * @param {{ stride?: number[], padding?: number[], dilation?: number[] }} [options]
 * @returns {NDArray} shape (OH, OW), without rows or columns where the kernel fits nowhere
 */
export function crossCorrelate2d(image, kernel, { stride = [1, 1], padding = [0, 0], dilation = [1, 1] } = {}) {
  const [H, W] = image.shape;
  const [KH, KW] = kernel.shape;
  const [OH, OW] = [0, 1].map((axis) =>
    Math.max(0, outputSize(image.shape[axis], kernel.shape[axis], stride[axis], padding[axis], dilation[axis])),
  );
  const output = zeros(OH, OW);
  for (let i = 0; i < OH; i++) {
    for (let j = 0; j < OW; j++) {
      let sum = 0;
      for (let u = 0; u < KH; u++) {
        const row = i * stride[0] + u * dilation[0] - padding[0];
        if (row < 0 || row >= H) continue;
        for (let v = 0; v < KW; v++) {
          const column = j * stride[1] + v * dilation[1] - padding[1];
          if (column >= 0 && column < W) sum += image.data[row * W + column] * kernel.data[u * KW + v];
        }
      }
      output.data[i * OW + j] = sum;
    }
  }
  return output;
}

/** The part of an image that begins at a row and a column. @returns {NDArray} */
export function patchOf(image, row, column, [height, width]) {
  const patch = zeros(height, width);
  for (let u = 0; u < height; u++) {
    for (let v = 0; v < width; v++) patch.data[u * width + v] = image.data[(row + u) * image.shape[1] + column + v];
  }
  return patch;
}

/** The part (H, W) of an array under these indices of its first axes; null where there is none. @returns {NDArray | null} */
export function planeOf(array, leading) {
  if (!array || !array.data || array.shape.length !== leading.length + 2) return null;
  if (leading.some((index, axis) => index >= array.shape[axis])) return null;
  const shape = array.shape.slice(-2);
  const n = leading.reduce((all, index, axis) => all * array.shape[axis] + index, 0) * shape[0] * shape[1];
  return { shape, data: array.data.slice(n, n + shape[0] * shape[1]) };
}

/** Two arrays of one shape, entry by entry. @returns {NDArray} */
export function times(a, b) {
  return { shape: [...a.shape], data: a.data.map((value, n) => value * b.data[n]) };
}

/** An image in a frame of one value. @param {number[]} padding rows and columns @returns {NDArray} */
export function padded(image, [ph, pw], value = 0) {
  const [H, W] = image.shape;
  const framed = zeros(H + 2 * ph, W + 2 * pw);
  framed.data.fill(value);
  for (let row = 0; row < H; row++) {
    framed.data.set(image.data.subarray(row * W, (row + 1) * W), (row + ph) * (W + 2 * pw) + pw);
  }
  return framed;
}

/** An image in another size, straight from pixel to pixel in between. @returns {NDArray} shape (H, W) */
export function resampled(image, [H, W]) {
  const across = (many, few) =>
    Array.from({ length: many }, (_, n) => {
      const at = Math.min(few - 1, Math.max(0, ((n + 0.5) * few) / many - 0.5));
      const left = Math.min(Math.floor(at), Math.max(0, few - 2));
      return [left, Math.min(left + 1, few - 1), at - left];
    });
  const [height, width] = image.shape;
  const [rows, columns] = [across(H, height), across(W, width)];
  const result = zeros(H, W);
  rows.forEach(([above, below, down], i) =>
    columns.forEach(([left, right, aside], j) => {
      const line = (row) => image.data[row * width + left] * (1 - aside) + image.data[row * width + right] * aside;
      result.data[i * W + j] = line(above) * (1 - down) + line(below) * down;
    }),
  );
  return result;
}

/** A kernel in another size: its middle stays in the middle. */
export function resized(kernel, [height, width]) {
  const [KH, KW] = kernel.shape;
  const result = zeros(height, width);
  const [down, right] = [Math.floor((height - KH) / 2), Math.floor((width - KW) / 2)];
  for (let u = 0; u < KH; u++) {
    for (let v = 0; v < KW; v++) {
      const [row, column] = [u + down, v + right];
      if (row >= 0 && row < height && column >= 0 && column < width) {
        result.data[row * width + column] = kernel.data[u * KW + v];
      }
    }
  }
  return result;
}

/** The kernel that takes the mean. @returns {NDArray} */
export function meanKernel([height, width]) {
  return { shape: [height, width], data: new Float64Array(height * width).fill(1 / (height * width)) };
}

/** An image moved down and to the right; what leaves on one side enters on the other. @returns {NDArray} */
export function rolled(image, [down, right]) {
  const [H, W] = image.shape;
  const from = (index, steps, length) => (((index - steps) % length) + length) % length;
  const data = image.data.map((_, n) => image.data[from(Math.floor(n / W), down, H) * W + from(n % W, right, W)]);
  return { shape: [H, W], data };
}
