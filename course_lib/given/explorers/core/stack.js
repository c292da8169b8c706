// A stack of layers along one axis: how many outputs each has, and what one output sees of the input.

import { make } from "./dom.js";
import { outputSize } from "./maths.js";
import { MARK } from "./colours.js";

const PLAIN = "#8a8a8a";
const ROW = 34; // CSS pixels from layer to layer

/**
 * What one output of a stack sees of its input, along one axis.
 * @param {number[][]} layers from the input on, each [k, stride, padding]
 * @returns {{ size: number, jump: number, start: number }}
 */
export function receptiveField(layers) {
  let [size, jump, start] = [1, 1, 0];
  for (const [k, stride, padding] of layers) {
    size += (k - 1) * jump;
    start -= padding * jump;
    jump *= stride;
  }
  return { size, jump, start };
}

/** How many entries the input and each layer have; 0 from the first layer on that finds no place. */
export function lengths(n, layers) {
  return layers.reduce(
    (all, [k, stride, padding]) => [...all, all.at(-1) ? Math.max(0, outputSize(all.at(-1), k, stride, padding)) : 0],
    [n],
  );
}

/** For the input and each layer the entries that an output of the last layer depends on, as [first, last]. */
export function cone(layers, output) {
  const spans = [[output, output]];
  for (const [k, stride, padding] of [...layers].reverse()) {
    const [first, last] = spans[0];
    spans.unshift([first * stride - padding, last * stride - padding + k - 1]);
  }
  return spans;
}

/**
 * The stack as a picture; the arrows choose an output of its last layer.
 * @param {Element} parent
 * @param {{ title: string, moves: (output: number) => void }} options
 * @returns {{ show: (n: number, layers: number[][], output: number, label: string) => void }}
 */
export function stack(parent, { title, moves }) {
  const canvas = make("canvas", parent, { role: "application", tabIndex: 0, className: "course-stack" });
  let shown = null;
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const { counts, output } = shown;
    const next = output + step;
    if (next >= 0 && next < counts.at(-1)) moves(next);
  });
  window.addEventListener("resize", () => canvas.isConnected && shown && draw());

  function show(n, layers, output, label) {
    shown = { layers, output, counts: lengths(n, layers), spans: cone(layers, output) };
    canvas.setAttribute("aria-label", `${title}. ${label}`);
    draw();
  }

  function draw() {
    const { layers, counts, spans } = shown;
    const edge = Math.max(0, ...spans.map(([first], level) => -centre(layers, level, first)));
    const width = counts[0] + 2 * Math.ceil(edge);
    const cell = Math.max(8, Math.min(22, Math.floor(640 / width)));
    const ratio = window.devicePixelRatio || 1;
    const [w, h] = [width * cell, counts.length * ROW];
    Object.assign(canvas, { width: Math.round(w * ratio), height: Math.round(h * ratio) });
    Object.assign(canvas.style, { width: `${w}px`, height: `${h}px` });
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const at = (level, i) => [(centre(layers, level, i) + 0.5 + Math.ceil(edge)) * cell, h - (level + 0.5) * ROW];
    if (counts.at(-1)) drawLines(pen, at);
    counts.forEach((count, level) => drawLevel(pen, at, level, count, cell - 3));
  }

  function drawLines(pen, at) {
    const { layers, spans } = shown;
    pen.strokeStyle = MARK;
    pen.lineWidth = 1;
    pen.beginPath();
    layers.forEach(([k, stride, padding], below) => {
      for (let i = spans[below + 1][0]; i <= spans[below + 1][1]; i++) {
        for (let u = 0; u < k; u++) {
          pen.moveTo(...at(below + 1, i));
          pen.lineTo(...at(below, i * stride - padding + u));
        }
      }
    });
    pen.stroke();
  }

  function drawLevel(pen, at, level, count, size) {
    const [first, last] = shown.counts.at(-1) ? shown.spans[level] : [0, -1];
    for (let i = Math.min(0, first); i < Math.max(count, last + 1); i++) {
      const [x, y] = at(level, i);
      const seen = i >= first && i <= last;
      const there = i >= 0 && i < count;
      pen.fillStyle = there ? (seen ? MARK : PLAIN) : "#fff";
      pen.strokeStyle = seen ? MARK : PLAIN;
      pen.fillRect(x - size / 2, y - size / 2, size, size);
      if (!there) pen.strokeRect(x - size / 2, y - size / 2, size, size);
    }
  }
  return { show };
}

/** Where the middle of an entry of a level lies, in pixels of the input. */
function centre(layers, level, i) {
  const { size, jump, start } = receptiveField(layers.slice(0, level));
  return start + i * jump + (size - 1) / 2;
}
