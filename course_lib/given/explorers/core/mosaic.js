// Several maps side by side: where each of them lies, and how they are drawn in one go.

import { written } from "./dom.js";
import { drawMark } from "./marks.js";
import { MARK } from "./colours.js";

const ROOM = 26; // a cell this wide, in CSS pixels, has its number in it

/**
 * @typedef {{ C: number, H: number, W: number, cell: number, gap: number, perRow: number }} Layout in CSS pixels
 * @typedef {{ data: ArrayLike<number>, colours: any, place: number[] | null, muted: number[],
 *   marks: (import("./marks.js").Mark & { map: number })[] }} Content `place`: map, row and column of what is chosen
 */

/**
 * Where maps lie.
 * @param {number[]} shape (C, H, W), or (C,): maps of one cell
 * @param {number} tile along the longer side of a map, at most
 * @param {number} width for all that stand in a line
 * @returns {Layout}
 */
export function layout([C, H = 1, W = 1], tile, width) {
  const cell = Math.max(1, Math.floor(tile / Math.max(H, W)));
  const gap = H * W > 1 ? 4 : 1;
  const perRow = Math.max(1, Math.min(C, Math.floor((width + gap) / (W * cell + gap))));
  return { C, H, W, cell, gap, perRow };
}

/** The corner of a map. @param {Layout} where @param {number} map */
export function corner({ H, W, cell, gap, perRow }, map) {
  return [(map % perRow) * (W * cell + gap) + 1, Math.floor(map / perRow) * (H * cell + gap) + 1];
}

/** The map, row and column at a point; null beside the last map. @param {Layout} where */
export function cellAt(where, x, y) {
  const { C, H, W, cell, gap, perRow } = where;
  const column = Math.floor((x - 1) / (W * cell + gap));
  const row = Math.floor((y - 1) / (H * cell + gap));
  const map = Math.max(0, row) * perRow + Math.min(perRow - 1, Math.max(0, column));
  if (map >= C) return null;
  const [left, top] = corner(where, map);
  const within = (at, length) => Math.min(length - 1, Math.max(0, Math.floor(at / cell)));
  return [map, within(y - top, H), within(x - left, W)];
}

/** One cell further; over the edge of a map lies the map beside, below or above it. @param {Layout} where */
export function stepFrom({ H, W, perRow }, [map, row, column], [down, right]) {
  const [toRow, toColumn] = [row + down, column + right];
  const beside = toColumn < 0 ? -1 : toColumn >= W ? 1 : 0;
  const below = toRow < 0 ? -perRow : toRow >= H ? perRow : 0;
  return [map + beside + below, (toRow + H) % H, (toColumn + W) % W];
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement} cells one that is never seen, and kept from time to time
 * @param {Layout} where
 * @param {Content} content
 */
export function drawMosaic(canvas, cells, where, content) {
  const { C, H, W, cell, gap, perRow } = where;
  const pen = fitted(canvas, perRow * (W * cell + gap) - gap + 2, Math.ceil(C / perRow) * (H * cell + gap) - gap + 2);
  colourCells(cells, where, content);
  for (let map = 0; map < C; map++) {
    pen.drawImage(cells, map * W, 0, W, H, ...corner(where, map), W * cell, H * cell);
  }
  if (cell >= ROOM) writeNumbers(pen, where, content);
  if (gap > 1) drawEdges(pen, where, content.place);
  const hatched = content.muted.map((map) => ({ map, row: 0, column: 0, height: H, width: W, kind: "unseen" }));
  const [map, row, column] = content.place ?? [];
  const chosen = content.place ? [{ map, row, column, kind: "cursor" }] : [];
  for (const mark of [...hatched, ...content.marks, ...chosen]) {
    pen.save();
    pen.translate(...corner(where, mark.map));
    drawMark(pen, mark, cell);
    pen.restore();
  }
}

/** A pen for a canvas of this size, sharp on any screen. */
function fitted(canvas, across, down) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(across * ratio), Math.round(down * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    Object.assign(canvas, { width, height });
    Object.assign(canvas.style, { width: `${across}px`, height: `${down}px` });
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, across, down);
  pen.imageSmoothingEnabled = false;
  return pen;
}

function colourCells(cells, { C, H, W }, { data, colours }) {
  if (cells.width !== C * W || cells.height !== H) Object.assign(cells, { width: C * W, height: H });
  const pen = cells.getContext("2d");
  const image = pen.createImageData(C * W, H);
  for (let n = 0; n < C * H * W; n++) {
    const [map, row, column] = [Math.floor(n / (H * W)), Math.floor(n / W) % H, n % W];
    const [to, from] = [4 * (row * C * W + map * W + column), colours.at(data[n])];
    for (let c = 0; c < 3; c++) image.data[to + c] = colours.colours[from + c];
    image.data[to + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
}

function writeNumbers(pen, where, { data, colours }) {
  const { H, W, cell } = where;
  pen.font = `${Math.min(13, cell * 0.3)}px sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  data.forEach((value, n) => {
    const [x, y] = corner(where, Math.floor(n / (H * W)));
    pen.fillStyle = colours.ink(value);
    pen.fillText(written(value, 2), x + ((n % W) + 0.5) * cell, y + ((Math.floor(n / W) % H) + 0.5) * cell, cell - 2);
  });
}

function drawEdges(pen, where, place) {
  for (let map = 0; map < where.C; map++) {
    const chosen = place && place[0] === map;
    pen.strokeStyle = chosen ? MARK : "rgb(128 128 128)";
    pen.lineWidth = chosen ? 2 : 1;
    const [x, y] = corner(where, map);
    pen.strokeRect(x - 0.5, y - 0.5, where.W * where.cell + 1, where.H * where.cell + 1);
  }
}
