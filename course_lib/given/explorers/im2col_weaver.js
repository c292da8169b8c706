// Im2colWeaver: windows as the columns of a matrix, where they lie in memory, and what that takes.

import { choice, field, make, written } from "./core/dom.js";
import { copiesOf, im2col, numbersWritten, paddedChannels, placesOf, shiftedRows, sourceOf } from "./core/columns.js";
import { entryFormula, followedFrom, tapes } from "./core/weave.js";
import { hasNegatives, planeOf, reach, zeros } from "./core/maths.js";
import { borderOf } from "./core/marks.js";
import { arrayOf, keeper } from "./core/model.js";
import { frame } from "./core/frame.js";
import { heatmap } from "./core/heatmap.js";
import { memoryPanel } from "./core/memory.js";
import { yourCode } from "./core/yours.js";

const QUANTITIES = [
  ["kernel_shape", "kernel", 1, 5],
  ["stride", "stride", 1, 4],
  ["padding", "padding", 0, 2],
  ["dilation", "dilation", 1, 3],
];
const AXES = ["rows", "columns"];
const FOLLOW = { window: "one window: a column", kernel: "one place in the kernel: a row" };
const [LARGEST, WIDEST] = [480, 40]; // CSS pixels for the matrix, and for one of its cells
const NOWHERE = "The kernel fits nowhere.";
const TASK =
  "Image: choose a pixel with the arrows or the pointer, and its copies in the matrix are ringed. Columns: choose an entry. " +
  "The tapes show where the followed numbers lie in memory; they have one scale.";

function render({ model, el }) {
  const keep = keeper(model);
  const { tools, stage, under, lane, say } = frame(el, { title: model.get("title"), task: TASK });
  const image = arrayOf(model, "image");
  const colours = { signed: hasNegatives(image), most: Math.max(1, reach(image)) };
  const window = {};
  for (const [trait, name] of QUANTITIES) window[name] = [...model.get(trait)];
  let follow = model.get("follow");
  let entry = null; // in the matrix
  let pixel = null; // in the padded image
  let places = null; // OH and OW
  let arrays = null;

  const axes = make("div", tools, { className: "course-axes course-weaver-axes" });
  for (const head of ["", ...QUANTITIES.map(([, name]) => name)]) {
    make("span", axes, { className: "course-axes-head", textContent: head, "aria-hidden": "true" });
  }
  AXES.forEach((axis, at) => {
    make("span", axes, { textContent: axis, "aria-hidden": "true" });
    for (const [trait, name, least, most] of QUANTITIES) {
      field(axes, `${name}, ${axis}`, { value: window[name][at], least, most }, (value) => {
        window[name] = window[name].with(at, value);
        keep({ [trait]: window[name] });
        compute();
      });
    }
  });
  const ways = Object.keys(FOLLOW);
  choice(tools, "follow", Object.values(FOLLOW), ways.indexOf(follow), (index) => {
    follow = ways[index];
    keep({ follow });
    drawAll();
  });

  const left = make("div", stage, { className: "course-weaver-image" });
  const pictures = Array.from({ length: image.shape[0] }, (_, c) =>
    heatmap(left, { title: `channel ${c}`, size: 230, moves: (p, q) => goToPixel({ c, p, q }) }),
  );
  const matrix = heatmap(stage, { title: "columns", size: LARGEST, moves: (row, column) => goToEntry([row, column]) });
  const showMemory = memoryPanel(stage);
  under.classList.add("course-weaver-tapes");
  const showTapes = tapes(under, colours);
  const yours = yourCode(lane, model, { name: "im2col", size: 300 });

  function compute() {
    places = placesOf(image.shape, window);
    const framed = paddedChannels(image, window.padding);
    showMemory(window);
    under.hidden = Math.min(...places) < 1;
    if (under.hidden) return drawNothing(framed);
    const rows = numbersWritten([1, ...image.shape], window).rows ? shiftedRows(image, window) : null;
    arrays = { framed, rows, columns: im2col(image, window) };
    const { kernel, ...how } = window;
    const right = { shape: [1, ...arrays.columns.shape], data: arrays.columns.data };
    if (pixel && copiesOf(pixel, window, places).length) goToPixel(pixel);
    else goToEntry([(kernel[0] * kernel[1]) >> 1, Math.min(places[1] + 1, right.shape[2] - 1)]);
    yours([{ shape: [1, ...image.shape], data: image.data }, kernel], how, right, { ...colours, leading: [0] });
  }

  function goToEntry(chosen) {
    entry = chosen;
    pixel = sourceOf(entry, window, places);
    drawAll();
  }

  /** To a pixel, and to that copy of it which is among the followed ones, if one is. */
  function goToPixel(chosen) {
    if (!arrays) return;
    const copies = copiesOf(chosen, window, places);
    const axis = follow === "window" ? 1 : 0;
    pixel = chosen;
    entry = (entry && copies.find((copy) => copy[axis] === entry[axis])) ?? copies[0] ?? entry;
    drawAll();
  }

  function drawAll() {
    if (!arrays) return;
    const { framed, columns } = arrays;
    const copies = copiesOf(pixel, window, places);
    const there = copies.length > 0;
    const followed = followedFrom(entry, follow, columns.shape);
    drawImage(followed, there);
    drawMatrix(followed, copies);
    const lie = showTapes(arrays, { entry, pixel: there ? pixel : null, follow, window, places });
    const { c, p, q } = pixel;
    const value = framed.data[(c * framed.shape[1] + p) * framed.shape[2] + q];
    const nobody = `padded[${c}, ${p}, ${q}] = ${written(value)} lies under no place of the kernel: no column has it.`;
    say(`${there ? entryFormula(entry, value, window, places) : nobody}\n${lie}`);
  }

  function drawImage(followed, there) {
    const sources = followed.map((one) => sourceOf(one, window, places));
    const [height, width] = window.kernel.map((k, axis) => window.dilation[axis] * (k - 1) + 1);
    const rings = follow === "kernel" || Math.max(...window.dilation) > 1;
    pictures.forEach((picture, c) => {
      const marks = borderOf(image.shape, window.padding);
      if (follow === "window") marks.push({ row: sources[0].p, column: sources[0].q, height, width });
      for (const one of rings ? sources : []) {
        if (one.c === c) marks.push({ row: one.p, column: one.q, kind: "ring" });
      }
      const here = pixel.c === c;
      if (here) marks.push({ row: pixel.p, column: pixel.q, kind: "cursor" });
      const label = here ? `Row ${pixel.p}, column ${pixel.q}, ${there ? "copied" : "under no window"}.` : "";
      showChannel(picture, c, arrays.framed, marks, label);
    });
  }

  function showChannel(picture, c, framed, marks, label) {
    const title = `channel ${c}${Math.max(...window.padding) ? ", padded" : ""}`;
    picture.show(planeOf(framed, [c]), { ...colours, marks, label, title });
  }

  function drawMatrix(followed, copies) {
    const [row, column] = followed[0];
    const [height, width] = follow === "window" ? [followed.length, 1] : [1, followed.length];
    const marks = [{ row, column, height, width }];
    for (const [r, k] of copies) marks.push({ row: r, column: k, kind: "ring" });
    if (copies.length) marks.push({ row: entry[0], column: entry[1], kind: "cursor" });
    const size = Math.min(LARGEST, WIDEST * Math.max(...arrays.columns.shape));
    matrix.show(arrays.columns, { ...colours, marks, size, label: `Row ${entry[0]}, column ${entry[1]}.` });
  }

  function drawNothing(framed) {
    arrays = null;
    const spans = window.kernel.map((k, axis) => window.dilation[axis] * (k - 1) + 1);
    pictures.forEach((picture, c) => showChannel(picture, c, framed, borderOf(image.shape, window.padding), NOWHERE));
    matrix.show(zeros(0, 0), { label: NOWHERE });
    say(
      `The kernel spans ${spans.join(" × ")}, the padded image has ${framed.shape.slice(1).join(" × ")}: it fits nowhere.`,
    );
  }

  compute();
}

export default { render };
