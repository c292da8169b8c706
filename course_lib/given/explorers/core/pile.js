// A volume as a pile of frames, with the box that a kernel covers in it.

import { make } from "./dom.js";
import { reach } from "./maths.js";
import { MARK } from "./colours.js";

const PLAIN = "#8a8a8a";
const LEAN = [0.8, 0.5]; // of a pixel, to the right and up, from each frame to the one behind it
const EDGE = 3; // CSS pixels left free around it

/**
 * @param {Element} parent
 * @param {{ title: string, size?: number }} options
 * @returns {{ element: HTMLElement, show: Function }}
 */
export function pile(parent, { title, size = 256 }) {
  const element = make("figure", parent, { className: "course-pile" });
  const caption = make("figcaption", element);
  make("span", caption, { className: "course-heatmap-title", textContent: title });
  const canvas = make("canvas", element, { role: "img" });
  let shown = null;
  window.addEventListener("resize", () => canvas.isConnected && shown && draw());

  /**
   * @param {import("./maths.js").NDArray} volume shape (D, H, W)
   * @param {number[]} place where the box begins
   * @param {number[]} lengths of the box
   */
  function show(volume, place, lengths) {
    shown = { volume, place, lengths };
    const spans = ["frames", "rows", "columns"].map((name, axis) => `${name} ${spanOf(place[axis], lengths[axis])}`);
    canvas.setAttribute("aria-label", `${title}. The box covers ${spans.join(", ")}.`);
    draw();
  }

  function draw() {
    const [D, H, W] = shown.volume.shape;
    const wide = W + (D - 1) * LEAN[0];
    const high = H + (D - 1) * LEAN[1];
    const cell = (size - 2 * EDGE) / Math.max(wide, high);
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [wide * cell + 2 * EDGE, high * cell + 2 * EDGE];
    Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.translate(EDGE, EDGE + (D - 1) * LEAN[1] * cell);
    const corner = (t, i, j) => [(j + t * LEAN[0]) * cell, (i - t * LEAN[1]) * cell];
    for (let t = D - 1; t >= 0; t--) drawFrame(pen, corner, t, cell);
    drawBox(pen, corner, cell);
  }

  function drawFrame(pen, corner, t, cell) {
    const { volume, place, lengths } = shown;
    const [, H, W] = volume.shape;
    const most = reach(volume);
    const covers = (axis, index) => index >= place[axis] && index < place[axis] + lengths[axis];
    for (let n = 0; n < H * W; n++) {
      const [i, j] = [Math.floor(n / W), n % W];
      pen.globalAlpha = Math.abs(volume.data[t * H * W + n]) / most;
      pen.fillStyle = covers(0, t) && covers(1, i) && covers(2, j) ? MARK : PLAIN;
      pen.fillRect(...corner(t, i, j), cell, cell);
    }
    pen.globalAlpha = 1;
    pen.strokeStyle = PLAIN;
    pen.lineWidth = covers(0, t) ? 1.5 : 0.6;
    pen.strokeRect(...corner(t, 0, 0), W * cell, H * cell);
  }

  function drawBox(pen, corner, cell) {
    const [[d, i, j], [KD, KH, KW]] = [shown.place, shown.lengths];
    const [front, back] = [d, d + KD - 1];
    pen.strokeStyle = MARK;
    pen.lineWidth = 2;
    for (const t of KD > 1 ? [back, front] : [front]) pen.strokeRect(...corner(t, i, j), KW * cell, KH * cell);
    pen.beginPath();
    for (const row of [i, i + KH]) {
      for (const column of [j, j + KW]) {
        pen.moveTo(...corner(front, row, column));
        pen.lineTo(...corner(back, row, column));
      }
    }
    pen.stroke();
  }
  return { element, show };
}

/** "3 to 5", or "3" alone. */
export function spanOf(first, length) {
  return length > 1 ? `${first} to ${first + length - 1}` : String(first);
}
