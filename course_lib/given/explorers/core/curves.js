// The history of a training run: loss and accuracy epoch by epoch, a progress bar, and a slider that chooses an epoch.

import { make } from "./dom.js";
import { drawPanel, newPanel } from "./panel.js";

const NOTHING = { goal: 1, best: 0, state: "training", loss: [], train: [], valid: [] }; // before anything is told
const BOUNDS = [0.95, 0.9, 0.8, 0.5]; // where the accuracy axis may begin

/**
 * What Python tells of a run, in columns.
 * @typedef {{ goal: number, best: number, left?: number | null, state: string, loss: number[], train: number[],
 *   valid: number[], changes?: { epoch: number, text: string }[] }} Progress
 */

export const percent = (share) => `${(100 * share).toFixed(1)} %`;
export const short = (value) => (value >= 100 ? value.toExponential(1) : String(+value.toPrecision(3)));

function duration(seconds) {
  if (seconds < 1) return "less than a second";
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

// The axis begins where three quarters of a curve lie above, so that the last percents can be told apart.
function lowest(values) {
  const quarter = [...values].sort((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0;
  return BOUNDS.find((bound) => quarter >= bound) ?? 0;
}

/** One epoch in words. @param {Progress} progress @param {number} epoch */
export function read({ goal, best, loss, train, valid }, epoch) {
  const mark = epoch === best ? " (the best)" : "";
  const [right, checked] = [train[epoch - 1], valid[epoch - 1]].map(percent);
  const epochs = Math.max(goal, loss.length);
  return `Epoch ${epoch} of ${epochs}${mark}: loss ${short(loss[epoch - 1])}, training ${right}, validation ${checked}.`;
}

function heading({ goal, left, state, loss: { length: done } }) {
  if (state === "done") return `${done} ${done === 1 ? "epoch" : "epochs"}, done`;
  if (state === "stopped") return `stopped after epoch ${done} of ${goal}`;
  return `${done} of ${goal}` + (left === null || left === undefined ? "" : `, ${duration(left)} left`);
}

/**
 * @param {Element} parent
 * @param {object} options
 * @param {string} options.name of the run
 * @param {number} [options.first] the first epoch that can be chosen, 0 for how it was before the training
 * @param {(epoch: number, byHand: boolean) => void} [options.shows] called with the epoch that is read, after each `show`
 * @returns {{ element: HTMLElement, line: HTMLElement, show: (progress: Progress) => void }}
 */
export function curves(parent, { name, first = 1, shows }) {
  const element = make("div", parent, {
    className: "course-curves",
    role: "group",
    "aria-label": `training of ${name}`,
  });
  const head = make("div", element, { className: "course-curves-head" });
  make("strong", head, { textContent: name });
  const bar = make("span", head, { className: "course-curves-bar", role: "progressbar", "aria-label": "epochs done" });
  const filled = make("span", bar);
  const time = make("span", head, { className: "course-curves-time" });
  const panels = make("div", element, { className: "course-curves-panels", "aria-hidden": "true" });
  const [loss, accuracy] = [newPanel(panels), newPanel(panels)];
  const label = make("label", element, { textContent: "read an epoch" });
  const slider = make("input", label, { type: "range", min: String(first), value: String(first) });
  const line = make("p", element);
  let chosen = null; // the newest
  let progress = null;

  /** @param {Progress} told */
  function show(told) {
    progress = { ...NOTHING, ...told };
    const { goal, best, state, loss: losses, train, valid, changes } = progress;
    const done = losses.length;
    const epochs = Math.max(goal, done);
    const at = Math.min(chosen ?? done, done);
    bar.setAttribute("aria-valuemax", goal);
    bar.setAttribute("aria-valuenow", Math.min(done, goal));
    filled.style.width = `${(100 * Math.min(done, goal)) / goal}%`;
    Object.assign(slider, { max: String(Math.max(first, done)), value: String(at), disabled: !done });
    time.textContent = heading(progress);
    const high = Math.max(...losses, 0.1);
    const low = Math.min(lowest(train), lowest(valid));
    const cursor = chosen === null ? 0 : at;
    drawPanel(loss, {
      ...{ title: "training loss", goal: epochs, low: 0, high, chosen: cursor, changes, series: [{ values: losses }] },
      ticks: (done ? [0, high / 2, high] : [0]).map((value) => [value, short(value)]),
    });
    drawPanel(accuracy, {
      ...{ title: "accuracy", goal: epochs, low, high: 1, chosen: cursor, best },
      series: [
        { name: "training", values: train, dashed: true },
        { name: "validation", values: valid },
      ],
      ticks: [low, (low + 1) / 2, 1].map((value) => [value, `${+(100 * value).toFixed(1)} %`]),
    });
    // Said aloud when it ends or when a hand moves the slider, not sixty times while it trains.
    line.setAttribute("aria-live", state === "training" && chosen === null ? "off" : "polite");
    line.textContent = at ? read(progress, at) : done ? "Before the first epoch." : "The first epoch is running.";
    shows?.(at, chosen !== null);
  }

  slider.addEventListener("input", () => {
    chosen = Number(slider.value);
    show(progress);
  });
  return { element, line, show };
}
