// What a convolution's way back does with one number, in words and numbers.

import { factor, written } from "./dom.js";
import { meeting, moved } from "./backward.js";

const FEW = 6; // so many products are spelled out one by one

/** @typedef {import("./backward.js").Layer} Layer */
/** @typedef {{ kind: "dy" | "dx" | "dw", f: number, c: number, row: number, column: number }} Pick of dx in the padded image */

/**
 * Those products that make an entry of dx or dw and whose dy is not 0.
 * @param {import("./maths.js").NDArray} dy
 * @param {Layer} layer
 * @param {import("./maths.js").NDArray} framed the padded image
 * @param {Pick} pick
 * @returns {{ f: number, i: number, j: number, names: string[], values: number[] }[]}
 */
export function messages(dy, layer, framed, pick) {
  const [F, C, KH, KW] = layer.w.shape;
  const [, OH, OW] = dy.shape;
  const [, H, W] = framed.shape;
  const { c } = pick;
  const found = [];
  const send = (f, i, j, name, value) => {
    const sent = dy.data[(f * OH + i) * OW + j];
    if (sent) found.push({ f, i, j, names: [`dy[${f}, ${i}, ${j}]`, name], values: [sent, value] });
  };
  if (pick.kind === "dx") {
    const places = meeting(layer, { p: pick.row, q: pick.column });
    for (let f = 0; f < F; f++) {
      for (const { i, j, u, v } of places) {
        send(f, i, j, `w[${f}, ${c}, ${u}, ${v}]`, layer.w.data[((f * C + c) * KH + u) * KW + v]);
      }
    }
  } else {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        const [p, q] = [i * layer.stride[0] + pick.row, j * layer.stride[1] + pick.column];
        send(pick.f, i, j, `padded[${c}, ${p}, ${q}]`, framed.data[(c * H + p) * W + q]);
      }
    }
  }
  return found;
}

/** A sum of messages: their names if they are few, their numbers if not too many, and what they add up to. */
export function sumTold(found) {
  const sum = written(found.reduce((all, { values: [sent, met] }) => all + sent * met, 0));
  if (!found.length) return "0: no dy that is not 0 has a part in it.";
  const numbers = found.map(({ values }) => values.map((value) => factor(value)).join("·")).join(" + ");
  if (found.length > FEW) return `${sum}, a sum of ${found.length} products.`;
  if (found.length > FEW / 2) return `${numbers} = ${sum}`;
  return `${found.map(({ names }) => names.join("·")).join(" + ")} = ${numbers} = ${sum}`;
}

/** What a place sends back. */
export function sentTold(dy, layer, { f, row, column }) {
  const [, OH, OW] = dy.shape;
  const value = dy.data[(f * OH + row) * OW + column];
  const [p, q] = [row * layer.stride[0], column * layer.stride[1]];
  const [KH, KW] = layer.w.shape.slice(2);
  const window = `padded[:, ${p}:${p + KH}, ${q}:${q + KW}]`;
  if (!value)
    return `dy[${f}, ${row}, ${column}] = 0 sends nothing back. Its window is ${window}; space puts a 1 here.`;
  return (
    `dy[${f}, ${row}, ${column}] = ${written(value)} adds ${factor(value)}·w[${f}] to dx, in the window ${window}; ` +
    `it adds ${factor(value)}·${window} to dw[${f}], and ${written(value)} to db[${f}].`
  );
}

/**
 * An entry of dx or dw: what meets there, and what one number moved by 1 to either side does to the total.
 * @param {import("./maths.js").NDArray} dy
 * @param {Layer} layer
 * @param {Pick} pick
 * @param {ReturnType<messages>} found
 */
export function entryTold(dy, layer, { kind, f, c, row, column }, found) {
  const [, C, KH, KW] = layer.w.shape;
  const [, H, W] = layer.x.shape;
  if (kind === "dw") {
    const place = `[${f}, ${c}, ${row}, ${column}]`;
    return `dw${place} = ${sumTold(found)}\n${movedTold(dy, layer, "w", place, ((f * C + c) * KH + row) * KW + column)}`;
  }
  const [p, q] = [row - layer.padding[0], column - layer.padding[1]];
  if (p < 0 || q < 0 || p >= H || q >= W) {
    return `dpadded[${c}, ${row}, ${column}] = ${sumTold(found)}\nIt belongs to the padding, and is cut off.`;
  }
  const place = `[${c}, ${p}, ${q}]`;
  return `dx${place} = ${sumTold(found)}\n${movedTold(dy, layer, "x", place, (c * H + p) * W + q)}`;
}

function movedTold(dy, layer, name, place, n) {
  const [above, below, slope] = Object.values(moved(dy, layer, name, n)).map((value) => written(value));
  return (
    `Measured: with ${name}${place} one larger the total, sum(dy·y), is ${above}; ` +
    `with it one smaller, ${below}. Half the difference is ${slope}.`
  );
}
