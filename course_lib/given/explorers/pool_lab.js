// PoolLab: pool by the largest or the mean, move the image by a pixel, and send a gradient back.

import { button, choice, field, fill, make, written } from "./core/dom.js";
import { crossCorrelate2d, fromRows, hasNegatives, padded, reach, rolled, unseen, zeros } from "./core/maths.js";
import { arrayOf, keeper } from "./core/model.js";
import { frame } from "./core/frame.js";
import { gradientPanel } from "./core/gradient.js";
import { heatmap } from "./core/heatmap.js";
import { pictures } from "./core/pictures.js";
import { pool, winners } from "./core/pooling.js";
import { movedTold, placeTold, trouble } from "./core/pooling_told.js";
import { yourCode } from "./core/yours.js";

const AXES = ["rows", "columns"];
const QUANTITIES = [
  ["window", 1, 8],
  ["stride", 1, 8],
  ["padding", 0, 4],
];
const KINDS = [
  ["the largest", { kind: "max", countPadding: true }],
  ["the mean, padding counts", { kind: "mean", countPadding: true }],
  ["the mean, padding not counted", { kind: "mean", countPadding: false }],
];
const MOVES = [
  ["←", "left", 0, -1],
  ["↑", "up", -1, 0],
  ["↓", "down", 1, 0],
  ["→", "right", 0, 1],
];
const UPPER_EDGE = fromRows([
  [-1, -1, -1],
  [0, 0, 0],
  [1, 1, 1],
]);
const TASK =
  "Output: hover, or use the arrows. Move the image and see which numbers change. A ring marks the pixel that wins its " +
  "window; what is hatched lies in no window. Image and gradient: press to draw, or arrows and space.";

function render({ model, el }) {
  const keep = keeper(model);
  const { tools, stage, lane, say } = frame(el, { title: model.get("title"), task: TASK });
  const how = { kind: model.get("kind"), countPadding: model.get("count_padding") };
  for (const [name] of QUANTITIES) how[name] = [...model.get(name)];
  let place = [...model.get("place")];
  let shift = [...model.get("shift")];
  let cursor = null; // where the brush is on the image
  let wrong = ""; // why no window can be laid
  let image, before, now;

  const picture = pictures(tools, model, keep, offered(arrayOf(model, "seven")), (painted) => {
    if (!painted) cursor = null;
    compute();
  });
  const names = KINDS.map(([name]) => name);
  choice(tools, "keep", names, kindOf(how), (index) => {
    Object.assign(how, KINDS[index][1]);
    keep({ kind: how.kind, count_padding: how.countPadding });
    compute();
  });
  const fields = sizeFields(tools, how, changeSize);
  mover(tools, (down, right) => move(down === null ? [0, 0] : [shift[0] + down, shift[1] + right]));

  stage.classList.add("course-pool");
  const input = heatmap(stage, { title: "image", size: 280, moves: brush, paints: paint });
  const output = heatmap(stage, { title: "pooled", size: 168, moves: go });
  const still = heatmap(stage, { title: "before", size: 168 });
  const change = heatmap(stage, { title: "now − before", size: 168 });
  const moved = make("p", stage, { className: "course-pool-moved", "aria-live": "polite" });
  const wayBack = make("div", lane.parentElement, { className: "course-explorer-stage course-pool" });
  lane.before(wayBack);
  const showGradient = gradientPanel(wayBack);
  const yours = { max: "max_pool2d", mean: "avg_pool2d" };
  for (const [kind, name] of Object.entries(yours)) {
    const panel = make("div", lane);
    yours[kind] = { panel, run: yourCode(panel, model, { name }) };
  }

  function compute() {
    image = rolled(picture.image(), shift);
    wrong = trouble(image.shape, how);
    before = wrong ? zeros(0, 0) : pool(picture.image(), how);
    now = wrong ? zeros(0, 0) : pool(image, how);
    if (!wrong) place = place.map((index, axis) => Math.min(index, now.shape[axis] - 1));
    for (const part of [output.element, still.element, change.element, wayBack, lane]) part.hidden = Boolean(wrong);
    fill(moved, wrong ? "" : movedTold(before, now, shift, how.stride));
    draw();
    if (wrong) return;
    const difference = { shape: now.shape, data: now.data.map((one, n) => one - before.data[n]) };
    still.show(before, colours());
    change.show(difference, { ...colours(), signed: true });
    runYours();
  }

  /** One scale for the image and its maps. */
  function colours() {
    const signed = hasNegatives(image);
    return { signed, most: signed ? reach(image) : Math.max(reach(image), 1) };
  }

  function draw() {
    const [row, column] = place;
    const frame = padded(image, how.padding, how.kind === "max" ? -Infinity : 0);
    input.show(frame, { ...colours(), marks: imageMarks(), label: "Arrows move, space paints." });
    say(wrong || placeTold(image, how, place));
    if (wrong) return;
    const value = now.data[row * now.shape[1] + column];
    const label = `Row ${row}, column ${column}: ${written(value)}.`;
    output.show(now, { ...colours(), marks: [{ row, column, kind: "cursor" }], label });
    showGradient(image, how, now.shape, place);
  }

  function imageMarks() {
    const [[H, W], [ph, pw], [height, width]] = [image.shape, how.padding, how.window];
    const marks = ph || pw ? [{ row: ph, column: pw, height: H, width: W, kind: "border" }] : [];
    if (!wrong) {
      const [rows, columns] = [0, 1].map((axis) =>
        unseen(image.shape[axis], how.window[axis], how.stride[axis], how.padding[axis], 1),
      );
      for (const row of rows) marks.push({ row, column: 0, width: W + 2 * pw, kind: "unseen" });
      for (const column of columns) marks.push({ row: 0, column, height: H + 2 * ph, kind: "unseen" });
      marks.push({ row: place[0] * how.stride[0], column: place[1] * how.stride[1], height, width });
      for (const n of how.kind === "max" ? new Set(winners(image, how).data) : []) {
        marks.push({ row: ph + Math.floor(n / W), column: pw + (n % W), kind: "ring" });
      }
    }
    if (cursor) marks.push({ ...cursor, kind: "cursor" });
    return marks;
  }

  function runYours() {
    for (const [kind, { panel }] of Object.entries(yours)) panel.hidden = kind !== how.kind;
    const options = { stride: how.stride, padding: how.padding };
    if (how.kind === "mean") options.count_padding = how.countPadding;
    yours[how.kind].run([channel(image), how.window], options, channel(now), { leading: [0, 0], ...colours() });
  }

  function changeSize(name, axis, value) {
    const follows = name === "window" && how.stride[axis] === how.window[axis]; // side by side stays side by side
    how[name] = how[name].with(axis, value);
    if (follows) {
      how.stride = how.stride.with(axis, value);
      fields.stride[axis].value = String(value);
    }
    keep({ window: how.window, stride: how.stride, padding: how.padding });
    compute();
  }

  function go(row, column) {
    place = [row, column];
    keep({ place });
    draw();
  }

  function move(steps) {
    shift = steps.map((step, axis) => step % image.shape[axis]);
    keep({ shift });
    compute();
  }

  function brush(row, column) {
    cursor = { row, column };
    draw();
  }

  /** A pixel is painted where it lay before the move; padding cannot be painted. */
  function paint(row, column, starts) {
    cursor = { row, column };
    const inside = [row, column].map((index, axis) => index - how.padding[axis]);
    if (inside.some((index, axis) => index < 0 || index >= image.shape[axis])) return draw();
    const lay = inside.map((index, axis) => (index - shift[axis] + image.shape[axis]) % image.shape[axis]);
    picture.paint(...lay, starts);
  }

  compute();
}

/** Images that pooling does something telling to: strokes, numbers below zero, and a pattern finer than two strides. */
function offered(seven) {
  const stripes = Float64Array.from({ length: 144 }, (_, n) => Number(n % 3 === 0));
  return [
    ["seven", seven],
    ["its upper edges", crossCorrelate2d(seven, UPPER_EDGE)],
    ["stripes", { shape: [12, 12], data: stripes }],
  ];
}

function kindOf({ kind, countPadding }) {
  return KINDS.findIndex(([, one]) => one.kind === kind && (kind === "max" || one.countPadding === countPadding));
}

/** Window, stride and padding, for rows and columns. */
function sizeFields(tools, how, changed) {
  const table = make("div", tools, { className: "course-axes course-pool-sizes" });
  for (const head of ["", ...QUANTITIES.map(([name]) => name)]) {
    make("span", table, { className: "course-axes-head", textContent: head, "aria-hidden": "true" });
  }
  const fields = { window: [], stride: [], padding: [] };
  AXES.forEach((axis, at) => {
    make("span", table, { textContent: axis, "aria-hidden": "true" });
    for (const [name, least, most] of QUANTITIES) {
      const range = { value: how[name][at], least, most };
      fields[name].push(field(table, `${name}, ${axis}`, range, (value) => changed(name, at, value)));
    }
  });
  return fields;
}

/** Buttons that move the image; `moves(null)` moves it back to where it was. */
function mover(tools, moves) {
  const group = make("div", tools, { role: "group", className: "course-pool-mover", "aria-label": "move the image" });
  make("span", group, { textContent: "move the image" });
  for (const [arrow, word, down, right] of MOVES) {
    button(group, arrow, () => moves(down, right), { "aria-label": `move the image ${word}` });
  }
  button(group, "back", () => moves(null), { "aria-label": "move the image back" });
}

/** One channel of one image, as the chapter's functions take it. */
function channel({ shape, data }) {
  return { shape: [1, 1, ...shape], data };
}

export default { render };
