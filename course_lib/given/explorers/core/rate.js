// A learning rate to set while a network trains: a slider in steps of about two, or the rate that is planned.

import { button, make } from "./dom.js";

export const RATES = [-4, -3, -2, -1]
  .flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))
  .concat(1);

/** A rate as one writes it: 0.005, not 5e-3. */
export const writtenRate = (rate) => String(+rate.toPrecision(3));

/** The place on the slider that is nearest to a rate. */
export function nearest(rate) {
  const away = RATES.map((one) => Math.abs(Math.log(one / Math.max(rate, 1e-9))));
  return away.indexOf(Math.min(...away));
}

/**
 * @param {Element} parent
 * @param {(rate: number | null) => void} sets null goes back to the planned rate
 * @returns {{ show: (held: number | null, planned: number) => void, elements: HTMLElement[] }}
 */
export function rateControl(parent, sets) {
  const label = make("label", parent, { className: "course-field train-watch-rate" });
  make("span", label, { textContent: "learning rate" });
  const slider = make("input", label, { type: "range", min: "0", max: String(RATES.length - 1), step: "1" });
  const told = make("output", label);
  const plan = button(parent, "as planned", () => sets(null), { "aria-pressed": "true" });
  slider.addEventListener("input", () => sets(RATES[Number(slider.value)]));

  function show(held, planned) {
    const rate = held ?? planned;
    slider.value = String(nearest(rate));
    slider.setAttribute("aria-valuetext", `${writtenRate(rate)}${held === null ? ", as planned" : ""}`);
    told.textContent = writtenRate(rate);
    plan.setAttribute("aria-pressed", String(held === null));
  }
  return { show, elements: [slider, plan] };
}
