// Memory as a tape: one number after another, with those that are read or written together underlined.

import { make } from "./dom.js";
import { MARK, scale } from "./colours.js";

const LONGEST = 820; // CSS pixels, where there is room
const NUMBERS = 14; // CSS pixels: the height of the tape
const LINES = 8; // and of what is drawn under it

/**
 * @param {Element} parent
 * @param {string} title
 * @returns {{ element: HTMLElement, show: Function }}
 */
export function tape(parent, title) {
  const element = make("figure", parent, { className: "course-tape" });
  const caption = make("figcaption", element);
  make("span", caption, { className: "course-heatmap-title", textContent: title });
  const words = make("span", caption, { className: "course-heatmap-shape" });
  const canvas = make("canvas", element, { role: "img" });
  let shown = null;
  window.addEventListener("resize", () => canvas.isConnected && shown && draw());

  /**
   * @param {ArrayLike<number>} numbers in the order of memory
   * @param {object} how
   * @param {number} how.longest how many numbers the longest of the tapes has that share a scale
   * @param {boolean} how.signed
   * @param {number} how.most the reach of the colours
   * @param {number[][]} how.runs what is underlined, each `[first, length]`
   * @param {number} [how.chosen] one number, framed
   * @param {string} how.told words beside the title
   */
  function show(numbers, how) {
    shown = { numbers, ...how };
    words.textContent = how.told;
    canvas.setAttribute("aria-label", `${title}: ${how.told}`);
    draw();
  }

  function draw() {
    const { numbers, longest, signed, most, runs, chosen = -1 } = shown;
    const ratio = window.devicePixelRatio || 1;
    const each = LONGEST / longest;
    const [w, h] = [numbers.length * each + 2, NUMBERS + LINES + 1];
    Object.assign(canvas, { width: Math.round(w * ratio), height: Math.round(h * ratio) });
    const share = (100 * numbers.length) / longest; // of the room, so that all keep one scale in a narrow page too
    Object.assign(canvas.style, { width: `min(${w}px, ${share}%)`, height: `${h}px` });
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const colours = scale(signed, most);
    for (let n = 0; n < numbers.length; n++) {
      pen.fillStyle = colours.colour(numbers[n]);
      pen.fillRect(1 + n * each, 1, each, NUMBERS - 1);
    }
    pen.strokeStyle = "#808080";
    pen.strokeRect(0.5, 0.5, w - 1, NUMBERS);
    pen.fillStyle = MARK;
    const gap = each > 3 ? 1 : 0;
    for (const [first, length] of runs) {
      pen.fillRect(1 + first * each, NUMBERS + 3, Math.max(1, length * each - gap), LINES - 3);
    }
    if (chosen >= 0) outline(pen, 1 + chosen * each, Math.max(4, each));
  }

  function outline(pen, x, width) {
    for (const [strokeStyle, lineWidth] of [
      ["#fff", 4],
      [MARK, 2],
    ]) {
      Object.assign(pen, { strokeStyle, lineWidth });
      pen.strokeRect(x, 2, width, NUMBERS - 3);
    }
  }

  return { element, show };
}
