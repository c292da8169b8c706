// KernelLab: a kernel to paint and scrub, an image to draw on, and one place spelled out.

import { choice, field, make, written } from "./core/dom.js";
import { crossCorrelate2d, fromRows, hasNegatives, meanKernel, patchOf, reach, resized, times } from "./core/maths.js";
import { arrayOf, keeper } from "./core/model.js";
import { frame } from "./core/frame.js";
import { heatmap } from "./core/heatmap.js";
import { matrix } from "./core/matrix.js";
import { pictures } from "./core/pictures.js";
import { sumOfProducts } from "./core/formula.js";
import { yourCode } from "./core/yours.js";

const LARGEST = 7;

const PRESETS = [
  [
    "upper edge",
    fromRows([
      [-1, -1, -1],
      [0, 0, 0],
      [1, 1, 1],
    ]),
  ],
  [
    "left edge",
    fromRows([
      [-1, 0, 1],
      [-1, 0, 1],
      [-1, 0, 1],
    ]),
  ],
  [
    "Sobel",
    fromRows([
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ]),
  ],
  [
    "spot",
    fromRows([
      [-1, -1, -1],
      [-1, 8, -1],
      [-1, -1, -1],
    ]),
  ],
  [
    "sharpen",
    fromRows([
      [0, -1, 0],
      [-1, 5, -1],
      [0, -1, 0],
    ]),
  ],
  [
    "copy",
    fromRows([
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]),
  ],
  ["mean", null],
];

const TASK =
  "Kernel: type, press + and −, or drag an entry. Output: hover, or use the arrows. " +
  "Image: press and drag to draw, or arrows and space.";

function render({ model, el }) {
  const keep = keeper(model);
  const { tools, stage, under, lane, say } = frame(el, { title: model.get("title"), task: TASK });
  let kernel = arrayOf(model, "kernel");
  let place = model.get("place");

  const offered = ["seven", "photograph"].map((name) => [name, arrayOf(model, name)]);
  const picture = pictures(tools, model, keep, offered, (painted) => {
    if (!painted) cursor = null;
    compute();
  });
  const preset = choice(tools, "kernel", ["your own", ...PRESETS.map(([name]) => name)], 0, takePreset);
  const sizes = [0, 1].map((axis) =>
    field(tools, ["rows", "columns"][axis], { value: kernel.shape[axis], least: 1, most: LARGEST }, (length) => {
      const shape = axis ? [kernel.shape[0], length] : [length, kernel.shape[1]];
      takeKernel(
        preset.element.value === "mean" ? meanKernel(shape) : resized(kernel, shape),
        preset.element.selectedIndex,
      );
    }),
  );

  const input = heatmap(stage, { title: "image", moves: showOutput, paints: paint });
  const output = heatmap(stage, { title: "output", moves: go });
  const yours = yourCode(lane, model, { name: "cross_correlate2d" });
  const patch = matrix(under, { title: "patch" });
  make("span", under, { className: "course-sign", textContent: "×" });
  const editor = matrix(under, { title: "kernel", changes: changeKernel });
  make("span", under, { className: "course-sign", textContent: "=" });
  const products = matrix(under, { title: "products" });

  let cursor = null; // where the pointer or the arrows are on the image
  let result = null;

  function compute() {
    const image = picture.image();
    const room = image.shape.map((length, axis) => length - kernel.shape[axis]);
    if (Math.min(...room) < 0)
      kernel = resized(
        kernel,
        kernel.shape.map((length, axis) => Math.min(length, image.shape[axis])),
      );
    result = crossCorrelate2d(image, kernel);
    place = place.map((index, axis) => Math.min(index, result.shape[axis] - 1));
    sizes.forEach((element, axis) => (element.value = String(kernel.shape[axis])));
    drawAll();
    yours([image, kernel], {}, result, { most: reach(result), signed: true });
  }

  function drawAll() {
    const image = picture.image();
    const [row, column] = place;
    const [height, width] = kernel.shape;
    const covered = patchOf(image, row, column, kernel.shape);
    const frames = [{ row, column, height, width }];
    if (cursor) frames.push({ ...cursor, kind: "cursor" });
    input.show(image, { marks: frames, label: "Arrows move, space paints." });
    const sum = written(result.data[row * result.shape[1] + column]);
    output.show(result, {
      signed: true,
      marks: [{ row, column, kind: "cursor" }],
      label: `Row ${row}, column ${column}: ${sum}.`,
    });
    patch.show(covered, { signed: hasNegatives(image), most: Math.max(reach(image), 1) });
    editor.show(kernel);
    products.show(times(covered, kernel));
    say(sumOfProducts(`output[${row}, ${column}]`, covered, kernel));
  }

  function go(row, column) {
    place = [row, column];
    drawAll();
    keep({ place });
  }

  function showOutput(row, column) {
    cursor = { row, column };
    drawAll();
  }

  function paint(row, column, starts) {
    cursor = { row, column };
    picture.paint(row, column, starts);
  }

  function changeKernel(row, column, value) {
    kernel.data[row * kernel.shape[1] + column] = value;
    takeKernel(kernel, 0);
  }

  function takeKernel(taken, index) {
    kernel = taken;
    preset.element.selectedIndex = index;
    keep({ kernel });
    compute();
  }

  function takePreset(index) {
    if (!index) return;
    const [name, rows] = PRESETS[index - 1];
    const fits = kernel.shape.map((length, axis) => Math.min(picture.image().shape[axis], Math.max(3, length)));
    takeKernel(name === "mean" ? meanKernel(fits) : resized(rows, fits), index);
  }

  preset.element.selectedIndex = 1 + PRESETS.findIndex(([, rows]) => rows && String(rows.data) === String(kernel.data));
  compute();
}

export default { render };
