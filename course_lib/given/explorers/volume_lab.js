// VolumeLab: a box that moves through a film, and the direction that no single frame holds.

import { button, choice, factor, field, fill, make, written } from "./core/dom.js";
import { copy, reach, times } from "./core/maths.js";
import { arrayOf, keeper } from "./core/model.js";
import {
  backwards,
  boxOf,
  columnThroughTime,
  crossCorrelate3d,
  frameAt,
  meanSquare,
  resized,
  rowThroughTime,
} from "./core/volume.js";
import { frame } from "./core/frame.js";
import { heatmap } from "./core/heatmap.js";
import { matrix } from "./core/matrix.js";
import { pile, spanOf } from "./core/pile.js";
import { player } from "./core/player.js";
import { yourCode } from "./core/yours.js";

/** @typedef {import("./core/maths.js").NDArray} NDArray */

const LARGEST = 5;
const FEW = 9; // so many products are spelled out one by one; of more, the sums of frames
const VIEW = 252; // CSS pixels for the longest axis of the volume
const FILMS = ["a dot moves right", "a dot moves down", "two dots pass each other"];

const follow = [2, -1, -1, -1, 2, -1, -1, -1, 2];
const turned = [-1, -1, 2, -1, 2, -1, 2, -1, -1];
const PRESETS = [
  ["follows right", [3, 1, 3], follow],
  ["follows left", [3, 1, 3], turned],
  ["follows down", [3, 3, 1], follow],
  ["follows up", [3, 3, 1], turned],
  ["change in time", [3, 1, 1], [-1, 0, 1]],
  ["left edge, one frame", [1, 3, 3], [-1, 0, 1, -1, 0, 1, -1, 0, 1]],
  ["mean of a cube", [3, 3, 3], Array(27).fill(1 / 27)],
].map(([name, shape, numbers]) => [name, { shape, data: Float64Array.from(numbers) }]);

const TASK =
  "Arrows or the pointer move the box in each of the three slices; the other two follow. " +
  "Kernel: type, press + and −, or drag an entry.";

/** A sum of products at one place, in words and numbers: frame by frame where there are several. */
export function formula(box, kernel) {
  const products = times(box, kernel);
  const frames = kernel.shape[0];
  const each = kernel.data.length / frames;
  const sums = Array.from({ length: frames }, (_, t) => total(products.data.subarray(t * each, (t + 1) * each)));
  const result = written(total(sums));
  const counted = kernel.data.filter((value) => value).length;
  if (!counted) return "0: every kernel entry is 0";
  const added = sums.map((sum) => factor(sum)).join(" + ");
  if (counted > FEW) return frames > 1 ? `${added} (frame by frame, ${counted} products) = ${result}` : result;
  const terms = Array.from({ length: frames }, (_, t) => {
    const inFrame = [];
    for (let n = t * each; n < (t + 1) * each; n++) {
      if (kernel.data[n]) inFrame.push(`${factor(box.data[n])}·${factor(kernel.data[n])}`);
    }
    return inFrame.join(" + ") || "0";
  });
  if (frames === 1) return `${terms[0]} = ${result}`;
  return `${terms.map((text) => (text.includes(" ") ? `(${text})` : text)).join(" + ")} = ${added} = ${result}`;
}

/**
 * What the answers say about the direction in which the film runs.
 * @param {NDArray} alone those of the kernel's middle slice to each frame
 * @param {NDArray} forwards those of the whole kernel to the film
 * @param {NDArray} back the same for the film backwards
 */
export function verdict(alone, forwards, back) {
  const [one, here, there] = [alone, forwards, back].map((answers) => written(meanSquare(answers)));
  const limit = 1e-9 * reach(forwards);
  const same = backwards(back).data.every((value, n) => Math.abs(value - forwards.data[n]) <= limit);
  const so = same
    ? "the same at every place, so it does not tell which way the film runs."
    : here === there
      ? "as strong, but not at the same places."
      : "the order of the frames counts.";
  return (
    `Mean of the squared answers to the whole film. 2-D on each frame: ${one}; backwards ${one} too, the frames are the same. ` +
    `3-D: ${here}; backwards ${there}, ${so}`
  );
}

function total(numbers) {
  return numbers.reduce((all, value) => all + value, 0);
}

function render({ model, el }) {
  const keep = keeper(model);
  const { tools, stage, under, lane, say } = frame(el, { title: model.get("title"), task: TASK });
  let volume = arrayOf(model, "volume");
  let kernel = arrayOf(model, "kernel");
  let place = model.get("place");
  let computed = null;

  const dots = arrayOf(model, "dots");
  const films = FILMS.map((name, n) => {
    const size = dots.data.length / FILMS.length;
    return [name, { shape: dots.shape.slice(1), data: dots.data.slice(n * size, (n + 1) * size) }];
  });
  films.push(["a digit moves right", arrayOf(model, "digit")]);
  const given = films.findIndex(([, film]) => String(film.data) === String(volume.data));
  if (given < 0) films.unshift(["your volume", copy(volume)]);

  const names = films.map(([name]) => name);
  choice(tools, "film", names, Math.max(0, given), (index) => takeFilm(films[index][1]));
  button(tools, "turn it round", () => takeVolume(backwards(volume)));
  const preset = choice(tools, "kernel", ["your own", ...PRESETS.map(([name]) => name)], 0, takePreset);
  const views = make("div", stage, { className: "course-volume-views" });
  under.classList.add("course-volume-told");
  const [byFrame, byColumn, byRow] = [
    ["frame", (row, column) => toMiddle([null, row, column])],
    ["a column through time", (row, time) => toMiddle([time, row, null])],
    ["a row through time", (time, column) => toMiddle([time, null, column])],
  ].map(([title, moves]) => heatmap(views, { title, size: VIEW, moves }));
  const cards = pile(views, { title: "the film as a pile", size: VIEW });
  const side = make("div", stage, { className: "course-volume-kernel" });
  const scrubber = player(
    side,
    "frames",
    () => computed.forwards.shape[0],
    (d) => go(place.with(0, d)),
  );
  const around = make("div", side, { className: "course-volume-sizes" });
  const sizes = ["kernel depth", "rows", "columns"].map((name, axis) =>
    field(around, name, { value: kernel.shape[axis], least: 1, most: LARGEST }, (length) =>
      takeKernel(resized(kernel, kernel.shape.with(axis, Math.min(length, volume.shape[axis])))),
    ),
  );
  const editors = make("div", side);
  let slices = [];
  const told = ["2-D on one frame", "3-D", "3-D, film backwards"].map((title, n) =>
    heatmap(under, { title, size: 210, ...(n === 1 ? { moves: (row, column) => go([place[0], row, column]) } : {}) }),
  );
  const strength = make("p", under, { className: "course-volume-strength" });
  const yours = yourCode(lane, model, { name: "conv3d_single" });

  const middle = () => place.map((index, axis) => index + (kernel.shape[axis] >> 1));

  function compute() {
    const fitting = kernel.shape.map((length, axis) => Math.min(length, volume.shape[axis]));
    if (String(fitting) !== String(kernel.shape)) kernel = resized(kernel, fitting);
    const reversed = backwards(volume);
    const flat = frameAt(kernel, kernel.shape[0] >> 1);
    computed = {
      reversed,
      flat,
      forwards: crossCorrelate3d(volume, kernel),
      back: crossCorrelate3d(reversed, kernel),
      alone: crossCorrelate3d(volume, { shape: [1, ...flat.shape], data: flat.data }),
    };
    const { forwards, back, alone } = computed;
    place = place.map((index, axis) => Math.min(index, forwards.shape[axis] - 1));
    sizes.forEach((element, axis) => (element.value = String(kernel.shape[axis])));
    fill(strength, verdict(alone, forwards, back));
    drawAll();
    runYours();
  }

  function drawAll() {
    const [d, i, j] = place;
    const [KD, KH, KW] = kernel.shape;
    const [md, mi, mj] = middle();
    const [D, H, W] = volume.shape;
    const [cell, most] = [VIEW / Math.max(D, H, W), Math.max(1, reach(volume))];
    const show = (view, array, title, [row, column, height, width], [cutRow, cutColumn], label) =>
      view.show(array, {
        title,
        most,
        size: Math.max(...array.shape) * Math.floor(cell),
        label,
        marks: [
          { row, column, height, width },
          { row: cutRow, column: cutColumn, kind: "cursor" },
        ],
      });
    show(byFrame, frameAt(volume, md), `frame ${md}`, [i, j, KH, KW], [mi, mj], `Row ${mi}, column ${mj}.`);
    show(
      byColumn,
      columnThroughTime(volume, mj),
      `column ${mj}, time →`,
      [i, d, KH, KD],
      [mi, md],
      `Frame ${md}, row ${mi}.`,
    );
    show(
      byRow,
      rowThroughTime(volume, mi),
      `row ${mi}, time ↓`,
      [d, j, KD, KW],
      [md, mj],
      `Frame ${md}, column ${mj}.`,
    );
    cards.show(volume, place, kernel.shape);
    scrubber.show(d, spanOf(d, KD));
    drawKernel();
    drawAnswers();
    sayFormula();
  }

  function drawKernel() {
    if (slices.length !== kernel.shape[0]) {
      editors.replaceChildren();
      slices = Array.from({ length: kernel.shape[0] }, (_, t) =>
        matrix(editors, {
          title: `kernel[${t}]`,
          changes: (row, column, value) => changeKernel(t, row, column, value),
        }),
      );
    }
    slices.forEach((slice, t) => slice.show(frameAt(kernel, t), { most: reach(kernel) }));
  }

  function drawAnswers() {
    const { forwards, back, alone } = computed;
    const [d, row, column] = place;
    const frameNow = middle()[0];
    const frames = `${kernel.shape[0] > 1 ? "frames" : "frame"} ${spanOf(d, kernel.shape[0])}`;
    const most = Math.max(reach(forwards), reach(back));
    [
      [`2-D, frame ${frameNow} alone`, frameAt(alone, frameNow), reach(alone)],
      [`3-D, ${frames}`, frameAt(forwards, d), most],
      ["3-D, film backwards", frameAt(back, forwards.shape[0] - 1 - d), most],
    ].forEach(([title, answers, reached], n) => {
      const value = written(answers.data[row * answers.shape[1] + column]);
      const label = `Row ${row}, column ${column}: ${value}.`;
      told[n].show(answers, { title, signed: true, most: reached, marks: [{ row, column, kind: "cursor" }], label });
    });
  }

  function sayFormula() {
    const [, i, j] = place;
    const { forwards, reversed, flat } = computed;
    const frameNow = middle()[0];
    const mirrored = [forwards.shape[0] - 1 - place[0], i, j];
    const one = { shape: [1, ...flat.shape], data: flat.data };
    say(
      `out[${place.join(", ")}] = ${formula(boxOf(volume, place, kernel.shape), kernel)}\n` +
        `The same frames backwards: ${formula(boxOf(reversed, mirrored, kernel.shape), kernel)}\n` +
        `Frame ${frameNow} alone, with \`kernel[${kernel.shape[0] >> 1}]\`: ${formula(boxOf(volume, [frameNow, i, j], one.shape), one)}, forwards and backwards`,
    );
  }

  function runYours() {
    const { forwards } = computed;
    yours([volume, kernel], {}, forwards, { leading: [place[0]], most: reach(forwards), signed: true });
  }

  /** Move the box so that its middle is at an index of each axis; null leaves an axis alone. */
  function toMiddle(indices) {
    go(indices.map((index, axis) => (index === null ? place[axis] : index - (kernel.shape[axis] >> 1))));
  }

  function go(next) {
    place = next.map((index, axis) => Math.max(0, Math.min(index, computed.forwards.shape[axis] - 1)));
    drawAll();
    keep({ place });
  }

  function takeFilm(film) {
    place = film.shape.map((length, axis) => Math.max(0, length - kernel.shape[axis] + 1) >> 1);
    takeVolume(copy(film));
  }

  function takeVolume(taken) {
    volume = taken;
    keep({ volume, place });
    compute();
  }

  function changeKernel(t, row, column, value) {
    const [, KH, KW] = kernel.shape;
    kernel.data[(t * KH + row) * KW + column] = value;
    takeKernel(kernel);
  }

  /** The middle of the box stays where it is. */
  function takeKernel(taken, index = 0) {
    const pixel = middle();
    kernel = taken;
    place = pixel.map((at, axis) => Math.max(0, at - (kernel.shape[axis] >> 1)));
    preset.element.selectedIndex = index;
    keep({ kernel, place });
    compute();
  }

  function takePreset(index) {
    if (index) takeKernel(copy(PRESETS[index - 1][1]), index);
  }

  preset.element.selectedIndex =
    1 +
    PRESETS.findIndex(
      ([, { shape, data }]) => String(shape) === String(kernel.shape) && String(data) === String(kernel.data),
    );
  compute();
}

export default { render };
