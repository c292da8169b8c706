// A soft pen for small images.

const THICK = 1.7 / 28; // from the middle of a stroke to where it fades, as a part of the image

/**
 * Put the pen on an image, whose strokes are soft at their edge, or the eraser, which leaves nothing under it.
 * @param {import("./maths.js").NDArray} image shape (H, W), from 0 to 1; changed
 * @param {number} row
 * @param {number} column
 * @param {boolean} draws or erases
 */
export function dab(image, row, column, draws) {
  const [H, W] = image.shape;
  const radius = Math.max(0.5, THICK * Math.max(H, W));
  const reach = Math.ceil(radius);
  for (let i = Math.max(0, row - reach); i <= Math.min(H - 1, row + reach); i++) {
    for (let j = Math.max(0, column - reach); j <= Math.min(W - 1, column + reach); j++) {
      const ink = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(i - row, j - column)));
      const at = i * W + j;
      if (ink) image.data[at] = draws ? Math.max(image.data[at], ink) : 0;
    }
  }
}
