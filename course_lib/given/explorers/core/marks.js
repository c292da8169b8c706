// What is drawn over the cells of a heatmap, seen on light cells and on dark ones.

import { MARK } from "./colours.js";

/**
 * @typedef {{ row: number, column: number, height?: number, width?: number, kind?: string }} Mark
 *   `kind`: "window", "cursor" (an outline both), "border" (a dashed one), "tap" (a dot in each cell),
 *   "ring" (around a number), "different" and "unseen" (hatched)
 */

/** A dashed line around an image in its padding, where it has any. @returns {Mark[]} */
export function borderOf(shape, [row, column]) {
  const [height, width] = shape.slice(-2);
  return row || column ? [{ row, column, height, width, kind: "border" }] : [];
}

/** @param {CanvasRenderingContext2D} pen @param {Mark} mark @param {number} cell */
export function drawMark(pen, { row, column, height = 1, width = 1, kind = "window" }, cell) {
  const [x, y, w, h] = [column * cell, row * cell, width * cell, height * cell];
  pen.save();
  pen.beginPath();
  if (kind === "different") hatch(pen, [x, y, w, h], cell, MARK);
  else if (kind === "unseen") hatch(pen, [x, y, w, h], 7, "#777");
  else if (kind === "tap") {
    pen.arc(x + w / 2, y + h / 2, Math.max(1.5, cell / 6), 0, 2 * Math.PI);
    pen.fillStyle = MARK;
    pen.fill();
    strokeTwice(pen, MARK, 0.5, 1.5);
  } else if (kind === "ring") {
    pen.arc(x + w / 2, y + h / 2, Math.max(1.5, 0.43 * cell), 0, 2 * Math.PI);
    strokeTwice(pen, MARK, cell > 12 ? 1.75 : 1, cell > 12 ? 3 : 1.5);
  } else {
    if (kind === "border") pen.setLineDash([4, 3]);
    pen.rect(x + 1, y + 1, w - 2, h - 2);
    strokeTwice(pen, kind === "border" ? "#000" : MARK, kind === "border" ? 1 : 2, kind === "border" ? 2 : 4);
  }
  pen.restore();
}

function hatch(pen, [x, y, w, h], gap, colour) {
  pen.rect(x, y, w, h);
  pen.clip();
  pen.beginPath();
  for (let at = x - h - ((x - h - y) % gap); at < x + w; at += gap) {
    pen.moveTo(at, y + h);
    pen.lineTo(at + h, y);
  }
  strokeTwice(pen, colour, 1.5, 3);
}

/** A line that is seen on light and on dark cells. */
function strokeTwice(pen, colour, thin, thick) {
  pen.lineWidth = thick;
  pen.strokeStyle = "#fff";
  pen.stroke();
  pen.lineWidth = thin;
  pen.strokeStyle = colour;
  pen.stroke();
}
