// A number that is predicted before it shows, and what is said of the prediction.

import { button, make, written } from "./dom.js";
import { begins, loopOver, at } from "./loop.js";

const NEAR = 0.0051; // a number may be given with two digits after the point

/**
 * What is said of a guess.
 * @param {number} guess
 * @param {number} right
 * @param {[number, string][]} others numbers that come out when something is done otherwise, each with a sentence
 */
export function judged(guess, right, others) {
  if (Math.abs(guess - right) <= NEAR) return `✓ ${written(guess)} is right.`;
  const said = others.filter(([value]) => Math.abs(value - guess) <= NEAR && Math.abs(value - right) > NEAR);
  const why = said.length === 1 ? ` ${written(guess)} comes out ${said[0][1]}.` : ""; // two reasons would be a guess
  return `• You said ${written(guess)}; it is ${written(right)}.${why}`;
}

/** What comes out at a place when something is done otherwise: numbers, each with a few words. */
export function mistaken(loop, i, j) {
  const { framed, kernel, stride, dilation } = loop;
  const number = ([row, column], changed = {}) => {
    const other = loopOver(framed, changed.kernel ?? kernel, { stride, dilation, ...changed });
    if (row >= other.shape[0] || column >= other.shape[1]) return NaN;
    return at(other, begins(other, row, column) + other.each - 1).sum;
  };
  const data = kernel.data;
  return [
    [number([i, j], { kernel: { ...kernel, data: data.toReversed() } }), "with the kernel turned by half a turn"],
    [number([i, j], { kernel: { ...kernel, data: data.map(() => 1) } }), "when pixels are added without the kernel"],
    [number([j, i]), `at out[${j}, ${i}]: the row comes first`],
    [number([i, j], { stride: [1, 1] }), "without the stride"],
    [number([i, j], { dilation: [1, 1] }), "without the dilation"],
  ];
}

/**
 * A field for the prediction. Enter shows the number, and Enter again goes on.
 * @param {Element} parent
 * @param {(guess: number | null) => void} entered null where the field holds no number
 * @returns {{ show: (asked: boolean, hidden: boolean) => void, focus: () => void }}
 */
export function guessField(parent, entered) {
  const element = make("form", parent, { className: "slide-stepper-guess" });
  const label = make("label", element, { className: "course-field" });
  make("span", label, { textContent: "what will it be?" });
  const input = make("input", label, { type: "text", inputMode: "decimal", size: 6, autocomplete: "off" });
  const enter = button(element, "", () => {}, { type: "submit" });
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim().replace("−", "-").replace(",", ".");
    input.value = "";
    entered(text !== "" && Number.isFinite(Number(text)) ? Number(text) : null);
  });
  return {
    show(asked, hidden) {
      element.hidden = !asked;
      enter.textContent = hidden ? "show the number" : "next place";
    },
    focus: () => input.focus(),
  };
}
