// ShapeCalculator: how large the output is, which pixels nobody looks at, and how far a stack of layers sees.

import { field, fill, make, written } from "./core/dom.js";
import { crossCorrelate2d, meanKernel, outputSize, padded, resampled, unseen, zeros } from "./core/maths.js";
import { arrayOf, keeper } from "./core/model.js";

import { layersPanel } from "./core/field.js";
import { frame } from "./core/frame.js";
import { heatmap } from "./core/heatmap.js";
import { lineToKernel } from "./core/line.js";
import { yourCode } from "./core/yours.js";

const AXES = ["rows", "columns"];
const QUANTITIES = [
  ["image", 1, 32],
  ["kernel", 1, 7],
  ["stride", 1, 6],
  ["padding", 0, 5],
  ["dilation", 1, 4],
];
const TASK =
  "Change one number and watch what is hatched: pixels that no place looks at. The arrows choose a place in the output. " +
  "Where the kernel is dilated, dots are its entries; a dashed line is the image without its padding.";

/** One axis, with its numbers put into the formula. */
export function axisFormula(name, n, k, s, p, d) {
  const span = d * (k - 1) + 1;
  const room = n + 2 * p - span;
  const spans = d > 1 ? `span = ${d}·(${k} − 1) + 1 = ${span}; ` : "";
  if (room < 0) return `${name}: ${spans}the kernel spans ${span}, and only ${n + 2 * p} are there: it fits nowhere`;
  const rest = room % s;
  const left = rest ? `, ${rest} left over at the end` : ", nothing left over at the end";
  return `${name}: ${spans}⌊(${n} + 2·${p} − ${span}) / ${s}⌋ + 1 = ⌊${written(room / s)}⌋ + 1 = ${outputSize(n, k, s, p, d)}${left}`;
}

function render({ model, el }) {
  const keep = keeper(model);
  const { root, tools, stage, lane, say } = frame(el, { title: model.get("title"), task: TASK });
  const picture = arrayOf(model, "image");
  const given = arrayOf(model, "kernel");
  const sizes = { image: [...picture.shape], kernel: [...given.shape] };
  for (const name of ["stride", "padding", "dilation"]) sizes[name] = [...model.get(name)];
  let place = [0, 0];

  const axes = make("div", tools, { className: "course-axes" });
  for (const head of ["", ...QUANTITIES.map(([name]) => name)]) {
    make("span", axes, { className: "course-axes-head", textContent: head, "aria-hidden": "true" });
  }
  AXES.forEach((axis, at) => {
    make("span", axes, { textContent: axis, "aria-hidden": "true" });
    for (const [name, least, most] of QUANTITIES) {
      field(axes, `${name}, ${axis}`, { value: sizes[name][at], least, most }, (value) => {
        sizes[name] = sizes[name].with(at, value);
        compute();
        if (name in { stride: 1, padding: 1, dilation: 1 }) keep({ [name]: sizes[name] });
      });
    }
  });
  const input = heatmap(stage, { title: "image in its padding", size: 320 });
  const output = heatmap(stage, { title: "output", moves: go, size: 320 });
  const numbersLane = make("p", lane, { className: "course-yours-says", "aria-live": "polite" });
  const yours = yourCode(lane, model, { name: "conv2d_single" });
  const askSizes = lineToKernel(model);

  let result = null;
  let framed = null;
  let kernel = null;

  const along = (axis) => ["image", "kernel", "stride", "padding", "dilation"].map((name) => sizes[name][axis]);

  function compute() {
    const image = resampled(picture, sizes.image);
    kernel = String(sizes.kernel) === String(given.shape) ? given : meanKernel(sizes.kernel);
    const { stride, padding, dilation } = sizes;
    framed = padded(image, padding);
    result = crossCorrelate2d(image, kernel, { stride, padding, dilation });
    place = place.map((index, axis) => Math.max(0, Math.min(index, result.shape[axis] - 1)));
    drawAll();
    const [OH, OW] = result.shape;
    say(
      `${AXES.map((axis, at) => axisFormula(axis, ...along(at))).join("\n")}\noutput: ${OH && OW ? `${OH} × ${OW}` : "none"}`,
    );
    runYours(image);
  }

  function drawAll() {
    const { stride, padding, dilation, kernel: lengths } = sizes;
    const [H, W] = framed.shape;
    const marks = [
      ...unseen(...along(0)).map((row) => ({ row, column: 0, width: W, kind: "unseen" })),
      ...unseen(...along(1)).map((column) => ({ row: 0, column, height: H, kind: "unseen" })),
    ];
    const [ph, pw] = padding;
    if (ph || pw) marks.push({ row: ph, column: pw, height: sizes.image[0], width: sizes.image[1], kind: "border" });
    const there = result.data.length > 0;
    const corner = place.map((index, axis) => index * stride[axis]);
    if (there) {
      const [height, width] = lengths.map((k, axis) => dilation[axis] * (k - 1) + 1);
      marks.push({ row: corner[0], column: corner[1], height, width });
      const taps = Math.max(...dilation) > 1 ? lengths : [0, 0]; // side by side they need no dots
      for (let u = 0; u < taps[0]; u++) {
        for (let v = 0; v < taps[1]; v++) {
          marks.push({ row: corner[0] + u * dilation[0], column: corner[1] + v * dilation[1], kind: "tap" });
        }
      }
    }
    input.show(framed, { marks, label: there ? `The window begins at row ${corner[0]}, column ${corner[1]}.` : "" });
    const value = there ? written(result.data[place[0] * result.shape[1] + place[1]]) : "";
    const label = there ? `Row ${place[0]}, column ${place[1]}: ${value}.` : "The kernel fits nowhere.";
    const cursor = there ? [{ row: place[0], column: place[1], kind: "cursor" }] : [];
    output.show(there ? result : zeros(0, 0), { marks: cursor, label });
  }

  function go(row, column) {
    place = [row, column];
    drawAll();
  }

  function runYours(image) {
    const calls = AXES.map((_, axis) => ({ name: "output_size", args: along(axis) }));
    askSizes(calls, (answers) =>
      fill(
        numbersLane,
        sizesTold(
          answers,
          AXES.map((_, axis) => along(axis)),
        ),
      ),
    );
    const { stride, padding, dilation } = sizes;
    if (result.data.length) yours([image, kernel], { stride, padding, dilation }, result);
  }

  layersPanel(make("div", root), model, keep);
  compute();
}

/** What the learner's output_size says for both axes. */
export function sizesTold(answers, axes) {
  for (const [at, axis] of axes.entries()) {
    const right = outputSize(...axis);
    const { value, sentence } = answers[at] ?? answers[0];
    const call = `\`output_size(${axis.join(", ")})\``;
    if (right < 1) {
      if (value !== undefined)
        return `• ${call} returned ${written(value)}; the kernel fits nowhere, so it must raise a ValueError.`;
      if (!sentence.includes("`ValueError")) return `• ${sentence}`;
    } else if (sentence !== undefined) return `• ${sentence}`;
    else if (value !== right) return `• ${call} returned ${JSON.stringify(value)}; right is ${right}.`;
  }
  return "✓ `output_size` says the same for rows and columns.";
}

export default { render };
