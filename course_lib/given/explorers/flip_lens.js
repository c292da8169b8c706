// FlipLens: cross-correlation beside convolution, what a single 1 shows of a kernel, and two passes for one.

import { button, choice, field, make, written } from "./core/dom.js";
import { crossCorrelate2d, fromRows, hasNegatives, meanKernel, patchOf, reach, resized } from "./core/maths.js";
import { arrayOf, keeper } from "./core/model.js";
import { frame } from "./core/frame.js";
import { heatmap } from "./core/heatmap.js";
import { matrix } from "./core/matrix.js";
import { passesPanel } from "./core/passes.js";
import { pictures } from "./core/pictures.js";
import { product } from "./core/separate.js";
import { sumOfProducts } from "./core/formula.js";
import { yourCode } from "./core/yours.js";

const LARGEST = 7;
const fixed = (...rows) => {
  const kernel = fromRows(rows);
  return (shape) =>
    resized(
      kernel,
      shape.map((length, axis) => Math.max(length, kernel.shape[axis])),
    );
};
/** Kernels by name, each for a shape; those that are drawn in a shape of their own take no less. */
const PRESETS = [
  ["the letter F", fixed([1, 1, 1], [1, 0, 0], [1, 1, 0], [1, 0, 0], [1, 0, 0])],
  ["1 to 9", fixed([1, 2, 3], [4, 5, 6], [7, 8, 9])],
  ["upper edge", fixed([-1, -1, -1], [0, 0, 0], [1, 1, 1])],
  ["Sobel", fixed([-1, 0, 1], [-2, 0, 2], [-1, 0, 1])],
  ["spot", fixed([-1, -1, -1], [-1, 8, -1], [-1, -1, -1])],
  ["mean", meanKernel],
  ["blur", blurKernel],
];
const GROWS = ["mean", "blur"]; // made anew for each size
const TASK =
  "Kernel: type, press + and −, or drag an entry. Outputs: hover, or use the arrows. " +
  "Image: press and drag to draw, or arrows and space.";

/** A kernel turned by 180 degrees. @returns {import("./core/maths.js").NDArray} */
export function turned({ shape, data }) {
  return { shape: [...shape], data: Float64Array.from(data).reverse() };
}

/** @returns {import("./core/maths.js").NDArray} shape (OH, OW) */
export function convolve2d(image, kernel) {
  return crossCorrelate2d(image, turned(kernel));
}

/** What half a turn does to a kernel, and to its two maps. */
export function turnTold(kernel, correlated, convolved) {
  const other = turned(kernel);
  const changed = kernel.data.findIndex((value, n) => value !== other.data[n]);
  if (changed < 0) return "The kernel looks the same after half a turn, so the two maps are equal on every image.";
  if (kernel.data.every((value, n) => value === -other.data[n])) {
    return "Half a turn changes the kernel's signs and nothing else, so each map is the other's negative on every image.";
  }
  const different = correlated.data.filter((value, n) => Math.abs(value - convolved.data[n]) > 1e-9).length;
  const place = [Math.floor(changed / kernel.shape[1]), changed % kernel.shape[1]].join(", ");
  const entry = `its entry [${place}] is ${written(kernel.data[changed])}, then ${written(other.data[changed])}`;
  return `Half a turn changes the kernel: ${entry}. Here the maps differ in ${different} of ${correlated.data.length} places.`;
}

function render({ model, el }) {
  const keep = keeper(model);
  const { tools, stage, lane, say } = frame(el, { title: model.get("title"), task: TASK });
  let kernel = arrayOf(model, "kernel");
  let place = [...model.get("place")];
  let cursor = null; // where the brush is on the image
  let correlated, convolved;

  const offered = [
    ["single pixels", arrayOf(model, "dots")],
    ["seven", arrayOf(model, "seven")],
    ["photograph", arrayOf(model, "photograph")],
  ];
  const picture = pictures(tools, model, keep, offered, (painted) => {
    if (!painted) cursor = null;
    compute();
  });
  const preset = choice(tools, "kernel", ["your own", ...PRESETS.map(([name]) => name)], 0, takePreset);
  const sizes = ["rows", "columns"].map((name, axis) =>
    field(tools, name, { value: kernel.shape[axis], least: 1, most: LARGEST }, (length) => resize(axis, length)),
  );
  button(tools, "turn the kernel", () => takeKernel(turned(kernel), 0));

  stage.classList.add("course-flip");
  const input = heatmap(stage, { title: "image", size: 224, moves: brush, paints: paint });
  const left = heatmap(stage, { title: "cross-correlated", size: 224, moves: go });
  const right = heatmap(stage, { title: "convolved", size: 224, moves: go });
  const patch = matrix(stage, { title: "patch" });
  const editor = matrix(stage, { title: "kernel", changes: changeKernel });
  const other = matrix(stage, { title: "turned" });
  const passes = make("div", lane.parentElement);
  lane.before(passes);
  const showPasses = passesPanel(passes);
  const lanes = ["cross_correlate2d", "convolve2d"].map((name) => yourCode(lane, model, { name }));

  function compute() {
    const image = picture.image();
    if (kernel.shape.some((length, axis) => length > image.shape[axis])) {
      kernel = resized(
        kernel,
        kernel.shape.map((length, axis) => Math.min(length, image.shape[axis])),
      );
    }
    correlated = crossCorrelate2d(image, kernel);
    convolved = convolve2d(image, kernel);
    place = place.map((index, axis) => Math.min(index, correlated.shape[axis] - 1));
    sizes.forEach((element, axis) => (element.value = String(kernel.shape[axis])));
    draw();
    showPasses(image, kernel);
    [correlated, convolved].forEach((map, n) => lanes[n]([image, kernel], {}, map, colours()));
  }

  /** One scale for both maps. */
  function colours() {
    const signed = hasNegatives(correlated) || hasNegatives(convolved);
    return { signed, most: Math.max(reach(correlated), reach(convolved)) };
  }

  function draw() {
    const image = picture.image();
    const [[row, column], [height, width]] = [place, kernel.shape];
    const covered = patchOf(image, row, column, kernel.shape);
    const marks = [{ row, column, height, width }];
    if (cursor) marks.push({ ...cursor, kind: "cursor" });
    input.show(image, { marks, label: "Arrows move, space paints." });
    for (const [map, values] of [
      [left, correlated],
      [right, convolved],
    ]) {
      const label = `Row ${row}, column ${column}: ${written(values.data[row * values.shape[1] + column])}.`;
      map.show(values, { ...colours(), marks: [{ row, column, kind: "cursor" }], label });
    }
    patch.show(covered, { signed: hasNegatives(image), most: Math.max(reach(image), 1) });
    editor.show(kernel);
    other.show(turned(kernel));
    const lines = [
      sumOfProducts(`cross_correlate2d[${row}, ${column}]`, covered, kernel),
      sumOfProducts(`convolve2d[${row}, ${column}]`, covered, turned(kernel)),
      turnTold(kernel, correlated, convolved),
    ];
    say(lines.join("\n"));
  }

  function go(row, column) {
    place = [row, column];
    keep({ place });
    draw();
  }

  function brush(row, column) {
    cursor = { row, column };
    draw();
  }

  function paint(row, column, starts) {
    cursor = { row, column };
    picture.paint(row, column, starts);
  }

  function changeKernel(row, column, value) {
    kernel.data[row * kernel.shape[1] + column] = value;
    takeKernel(kernel, 0);
  }

  function resize(axis, length) {
    const shape = kernel.shape.with(axis, length);
    const { value, selectedIndex } = preset.element;
    const grows = GROWS.includes(value);
    takeKernel(grows ? PRESETS[selectedIndex - 1][1](shape) : resized(kernel, shape), grows ? selectedIndex : 0);
  }

  function takeKernel(taken, index) {
    kernel = taken;
    preset.element.selectedIndex = index;
    keep({ kernel });
    compute();
  }

  function takePreset(index) {
    if (!index) return;
    const [name, make] = PRESETS[index - 1];
    takeKernel(make(GROWS.includes(name) ? kernel.shape : [1, 1]), index);
  }

  const same = (shape, data) => String(shape) === String(kernel.shape) && String(data) === String(kernel.data);
  preset.element.selectedIndex = 1 + PRESETS.findIndex(([, made]) => same(made([1, 1]).shape, made([1, 1]).data));
  compute();
}

/** The smooth hill: neighbours in the middle count most. */
function blurKernel([height, width]) {
  const line = (length) => {
    let row = [1];
    while (row.length < length) row = [...row, 0].map((value, n) => value + (row[n - 1] ?? 0));
    return Float64Array.from(row, (value) => value / 2 ** (length - 1));
  };
  return product({ column: { shape: [height, 1], data: line(height) }, row: { shape: [1, width], data: line(width) } });
}

export default { render };
