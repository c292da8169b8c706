// An array as coloured cells, drawn sharply on any screen, with a place in it that arrows or the pointer move.

import { make, written } from "./dom.js";
import { hasNegatives, reach } from "./maths.js";
import { drawMark } from "./marks.js";
import { SIGNED, scale } from "./colours.js";

const ROOM = 26; // a cell this wide, in CSS pixels, has its number in it
const LINES = 12; // and one this wide has a line around it
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * @param {Element} parent
 * @param {object} options
 * @param {string} options.title what stands over it, and its name for a screen reader
 * @param {number} [options.size] CSS pixels along the longer side
 * @param {(row: number, column: number) => void} [options.moves] called when hover, a press or an arrow key choose a cell
 * @param {(row: number, column: number, starts: boolean) => void} [options.paints] called for each cell that a press or
 *   drag goes over, and when space is pressed; hovering then chooses nothing
 * @returns {{ element: HTMLElement, canvas: HTMLCanvasElement, show: Function }}
 */
export function heatmap(parent, { title, size = 256, moves, paints }) {
  const element = make("figure", parent, { className: "course-heatmap" });
  const caption = make("figcaption", element);
  const head = make("span", caption, { className: "course-heatmap-title", textContent: title });
  const shown = make("span", caption, { className: "course-heatmap-shape" });
  const active = Boolean(moves || paints);
  const canvas = make("canvas", element, { role: active ? "application" : "img", ...(active ? { tabIndex: 0 } : {}) });
  const legend = make("div", element, { className: "course-legend", "aria-hidden": "true" });
  legend.style.backgroundImage = `linear-gradient(to right, ${SIGNED.join(", ")})`;
  const ends = ["start", "middle", "end"].map(() => make("span", legend));
  const cells = document.createElement("canvas");
  let array = null;
  let colours = scale(false, 1);
  let marks = [];
  let cell = 1;
  let longest = size;
  let cursor = [0, 0];

  /**
   * @param {import("./maths.js").NDArray} values shape (H, W); a cell that is NaN stays empty, and needs `most`
   * @param {object} [how]
   * @param {boolean} [how.signed] left out: where there are negatives
   * @param {number} [how.most] the reach of the colours; left out: that of the values, at least 1 where unsigned
   * @param {import("./marks.js").Mark[]} [how.marks] the last one of kind "cursor" is where the arrows start from
   * @param {string} [how.label] words for those who cannot see it
   * @param {string} [how.title] what stands over it now
   * @param {number} [how.size] CSS pixels along the longer side, if not as it was made
   */
  function show(values, { signed, most, marks: drawn = [], label = "", title: now = title, size: room = size } = {}) {
    array = values;
    marks = drawn;
    longest = room;
    head.textContent = now;
    const bySign = signed ?? hasNegatives(values);
    colours = scale(bySign, most ?? (bySign ? reach(values) : Math.max(1, reach(values))));
    const chosen = drawn.findLast((mark) => mark.kind === "cursor");
    if (chosen) cursor = [chosen.row, chosen.column];
    shown.textContent = values.shape.join(" × ");
    canvas.setAttribute("aria-label", `${now}, ${values.shape.join(" by ")}. ${label}`.trim());
    legend.hidden = !bySign;
    [-colours.reach, 0, colours.reach].forEach((value, n) => (ends[n].textContent = written(value, 2)));
    draw();
  }

  function draw() {
    const [H, W] = array.shape;
    cell = Math.max(2, Math.floor(longest / Math.max(H, W, 1)));
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.max(1, Math.round(W * cell * ratio)), Math.max(1, Math.round(H * cell * ratio))];
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
      Object.assign(canvas.style, { width: `${W * cell}px`, height: `${H * cell}px` });
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.clearRect(0, 0, width, height);
    if (!H || !W) return;
    colourCells(H, W);
    pen.drawImage(cells, 0, 0, W, H, 0, 0, width, height);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (cell >= LINES) drawLines(pen, H, W);
    if (cell >= ROOM) writeNumbers(pen, H, W);
    for (const mark of marks) drawMark(pen, mark, cell);
  }

  function colourCells(H, W) {
    if (cells.width !== W || cells.height !== H) Object.assign(cells, { width: W, height: H });
    const pen = cells.getContext("2d");
    const image = pen.createImageData(W, H);
    for (let n = 0; n < H * W; n++) {
      const at = colours.at(array.data[n]);
      for (let c = 0; c < 3; c++) image.data[4 * n + c] = colours.colours[at + c];
      image.data[4 * n + 3] = Number.isNaN(array.data[n]) ? 0 : 255;
    }
    pen.putImageData(image, 0, 0);
  }

  function drawLines(pen, H, W) {
    pen.strokeStyle = "rgb(128 128 128 / 45%)";
    pen.lineWidth = 1;
    pen.beginPath();
    for (let row = 1; row < H; row++) (pen.moveTo(0, row * cell), pen.lineTo(W * cell, row * cell));
    for (let column = 1; column < W; column++) (pen.moveTo(column * cell, 0), pen.lineTo(column * cell, H * cell));
    pen.stroke();
  }

  function writeNumbers(pen, H, W) {
    pen.font = `${Math.min(13, cell * 0.3)}px sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (let n = 0; n < H * W; n++) {
      if (Number.isNaN(array.data[n])) continue;
      pen.fillStyle = colours.ink(array.data[n]);
      pen.fillText(written(array.data[n], 2), ((n % W) + 0.5) * cell, (Math.floor(n / W) + 0.5) * cell, cell - 2);
    }
  }

  /** The cell under the pointer. */
  function under(event) {
    const box = canvas.getBoundingClientRect();
    const [H, W] = array.shape;
    const row = Math.floor(((event.clientY - box.top) / box.height) * H);
    const column = Math.floor(((event.clientX - box.left) / box.width) * W);
    return [Math.min(H - 1, Math.max(0, row)), Math.min(W - 1, Math.max(0, column))];
  }

  function go(row, column) {
    if (row === cursor[0] && column === cursor[1]) return;
    cursor = [row, column];
    if (moves) moves(row, column);
  }

  if (active) {
    let painted = "";
    canvas.addEventListener("pointerdown", (event) => {
      const at = under(event);
      go(...at);
      if (!paints) return;
      canvas.setPointerCapture(event.pointerId);
      painted = String(at);
      paints(...at, true);
    });
    canvas.addEventListener("pointermove", (event) => {
      const at = under(event);
      if (!paints) return go(...at);
      if (!canvas.hasPointerCapture(event.pointerId) || painted === String(at)) return;
      painted = String(at);
      go(...at);
      paints(...at, false);
    });
    canvas.addEventListener("keydown", (event) => {
      const [H, W] = array.shape;
      if (event.key in ARROWS) {
        const [down, right] = ARROWS[event.key];
        go(Math.min(H - 1, Math.max(0, cursor[0] + down)), Math.min(W - 1, Math.max(0, cursor[1] + right)));
      } else if (event.key === "Home" || event.key === "End") {
        go(cursor[0], event.key === "Home" ? 0 : W - 1);
      } else if (paints && (event.key === " " || event.key === "Enter")) {
        paints(...cursor, true);
      } else return;
      event.preventDefault();
    });
    window.addEventListener("resize", () => canvas.isConnected && array && draw());
  }
  return { element, canvas, show };
}
