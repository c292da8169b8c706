// SlideStepper: the loop over all places, one product at a time, beside the picture of it.

import { button, choice, factor, field, make, written } from "./core/dom.js";
import { padded, reach, hasNegatives } from "./core/maths.js";
import { at, begins, loopOver, outputAt, stepped } from "./core/loop.js";
import { code, pixelIndex } from "./core/code.js";
import { guessField, judged, mistaken } from "./core/guess.js";
import { arrayOf, keeper } from "./core/model.js";
import { frame } from "./core/frame.js";
import { sliding } from "./core/sliding.js";
import { yourCode } from "./core/yours.js";

const MANY = 9; // terms are written out; of more, the last
const PACE = 450; // milliseconds from step to step
const STRETCHES = ["one product", "one place", "one row of places"];
const OPTIONS = [
  ["stride", 1, 4],
  ["padding", 0, 3],
  ["dilation", 1, 3],
];
const TASK =
  "Step with the buttons, or with the arrows on the slider; press a cell of the output to go there. " +
  "With `predict` on, each number waits for yours.";

/** The sum so far, in words and numbers; `hidden`: its value is not told. */
export function formula(loop, now, name, hidden = false) {
  const place = `out[${now.i}, ${now.j}]`;
  const terms = now.terms.map(([x, w]) => `${factor(x)}·${factor(w)}`);
  const sum = (terms.length > MANY ? ["…", ...terms.slice(-MANY)] : terms).join(" + ");
  if (hidden) return `${place} = ${sum} = ?`;
  if (now.done) return `${place} = ${sum} = ${written(now.sum)}`;
  const [row, column] = [now.i * loop.stride[0], now.j * loop.stride[1]];
  if (!now.added) return `${place}: the window begins at row ${row}, column ${column}; sum = 0`;
  const met = `${name}[${pixelIndex(loop, [now.i, now.j], now.entry)}] · kernel[${now.entry.join(", ")}]`;
  const of = `${now.added} of ${loop.kernel.data.length} products`;
  return `${place}: sum = ${sum} = ${written(now.sum)} after ${of}, the last ${met}`;
}

function render({ model, el }) {
  const keep = keeper(model);
  const { root, tools, stage, under, lane, say } = frame(el, { title: model.get("title"), task: TASK });
  const told = root.querySelector(".course-explorer-formula");
  const image = arrayOf(model, "image");
  const kernel = arrayOf(model, "kernel");
  const sizes = Object.fromEntries(OPTIONS.map(([name]) => [name, [...model.get(name)]]));
  const optional = model.get("options");
  let loop = null;
  let time = 0;
  let timer = 0;
  let predicting = false;
  let guesses = { right: 0, all: 0 };

  const stretch = choice(tools, "a step is", STRETCHES, 0, stop);
  button(tools, "◂ back", back);
  button(tools, "step ▸", step);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches; // then nothing moves by itself
  const play = still ? null : button(tools, "play", () => (timer ? stop() : start()));
  const predict = button(tools, "predict", () => predictOn(!predicting), { "aria-pressed": "false" });
  const slider = timeSlider(tools, { to: (next) => (stop(), go(next)), step, back });
  if (optional) pairFields(tools, sizes, changeSizes);
  const pictures = sliding(stage, optional ? "image in its padding" : "image", { changes: changeKernel, goTo });
  const guess = guessField(under, guessed);
  const lines = code(under);
  const yours = yourCode(lane, model, { name: optional ? "conv2d_single" : "cross_correlate2d" });

  /** The loop over what is there now, at a place after so many steps of it. */
  function begin([i, j], steps) {
    loop = loopOver(padded(image, sizes.padding), kernel, sizes);
    slider.max = String(Math.max(0, loop.steps - 1));
    if (!loop.steps) return showNowhere();
    go(begins(loop, Math.min(i, loop.shape[0] - 1), Math.min(j, loop.shape[1] - 1)) + Math.min(steps, loop.each - 1));
    const result = outputAt(loop, loop.steps - 1);
    yours([image, kernel], optional ? sizes : {}, result, { most: reach(result), signed: hasNegatives(result) });
  }

  function go(next, verdict = "") {
    const within = next % loop.each;
    time = predicting && within < loop.each - 1 ? next - within : next;
    const now = at(loop, time);
    const hidden = predicting && !now.done;
    slider.value = String(time);
    slider.setAttribute("aria-valuetext", `out[${now.i}, ${now.j}], ${now.added} of ${loop.each - 2} products`);
    pictures.show(loop, time, now, sizes.padding);
    lines.show(loop, now, name(), hidden);
    guess.show(predicting, hidden);
    const products = hidden ? at(loop, time + loop.each - 1) : now;
    say(`${verdict}${formula(loop, products, name(), hidden)}`);
    keep({ place: [now.i, now.j] });
  }

  function showNowhere() {
    stop();
    pictures.showNowhere(loop);
    guess.show(false);
    say("The kernel fits nowhere. Make its dilation smaller, or the padding larger.");
  }

  const name = () => (sizes.padding.some(Boolean) ? "padded" : "image");
  const steps = () => [1, loop.each, loop.each * loop.shape[1]][predicting ? 1 : stretch.element.selectedIndex];

  function step() {
    if (!loop.steps) return;
    stop();
    forward();
  }

  /** On by one step; in a prediction each place halts twice, before its number shows and after. */
  function forward() {
    const asks = predicting && at(loop, time).done && time < loop.steps - 1;
    go(asks ? time + 1 : stepped(loop, time, 1, steps()));
  }

  function back() {
    stop();
    if (loop.steps) go(stepped(loop, time, -1, steps()));
  }

  function goTo(i, j) {
    stop();
    if (loop.steps) go(begins(loop, i, j) + (predicting ? 0 : loop.each - 1));
  }

  function start() {
    predictOn(false);
    if (time === loop.steps - 1) go(0);
    told.setAttribute("aria-live", "off"); // not said aloud step by step
    timer = setInterval(() => (time < loop.steps - 1 ? forward() : stop()), PACE);
    play.textContent = "stop";
  }

  function stop() {
    if (!timer) return;
    clearInterval(timer);
    timer = 0;
    play.textContent = "play";
    told.setAttribute("aria-live", "polite");
  }

  function predictOn(on) {
    stop();
    predicting = on;
    predict.setAttribute("aria-pressed", String(on));
    stretch.element.disabled = on;
    if (!loop.steps) return;
    const done = at(loop, time).done;
    go(on && done && time < loop.steps - 1 ? time + 1 : time);
    if (on) guess.focus();
  }

  function guessed(number) {
    const { i, j, done } = at(loop, time);
    if (done) return forward();
    const end = time + loop.each - 1;
    if (number === null) return go(end);
    const verdict = judged(number, at(loop, end).sum, mistaken(loop, i, j));
    guesses = { right: guesses.right + verdict.startsWith("✓"), all: guesses.all + 1 };
    go(end, `${verdict} Right so far: ${guesses.right} of ${guesses.all}.\n`);
  }

  function changeKernel(row, column, value) {
    kernel.data[row * kernel.shape[1] + column] = value;
    keep({ kernel });
    again();
  }

  function changeSizes(option, pair) {
    sizes[option] = pair;
    keep({ [option]: pair });
    again();
  }

  function again() {
    const { i, j } = loop.steps ? at(loop, time) : { i: 0, j: 0 };
    begin([i, j], loop.steps ? time % loop.each : 0);
  }

  begin(model.get("place"), 1 + Math.ceil(kernel.data.length / 2));
  return stop;
}

/** Every step of the loop along a line; its arrows go by the step that is chosen. */
function timeSlider(parent, { to, step, back }) {
  const label = make("label", parent, { className: "course-field slide-stepper-time" });
  make("span", label, { textContent: "all steps" });
  const range = make("input", label, { type: "range", min: "0", step: "1" });
  range.addEventListener("input", () => to(Number(range.value)));
  range.addEventListener("keydown", (event) => {
    const action = { ArrowRight: step, ArrowUp: step, ArrowLeft: back, ArrowDown: back }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  return range;
}

/** A field for each option along rows and along columns. */
function pairFields(parent, sizes, changes) {
  const grid = make("div", parent, { className: "course-axes slide-stepper-options" });
  for (const head of ["", ...OPTIONS.map(([name]) => name)]) {
    make("span", grid, { className: "course-axes-head", textContent: head, "aria-hidden": "true" });
  }
  ["rows", "columns"].forEach((axis, n) => {
    make("span", grid, { textContent: axis, "aria-hidden": "true" });
    for (const [name, least, most] of OPTIONS) {
      const range = { value: sizes[name][n], least, most };
      field(grid, `${name}, ${axis}`, range, (value) => changes(name, sizes[name].with(n, value)));
    }
  });
}

export default { render };
