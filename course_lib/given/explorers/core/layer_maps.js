// The arrays of a convolutional layer, forward and backward, and what is marked in each when something is picked.

import { make, written } from "./dom.js";
import { planeOf, reach } from "./maths.js";
import { borderOf } from "./marks.js";
import { heatmap } from "./heatmap.js";
import { meeting } from "./backward.js";

const SIZES = [230, 190, 150]; // CSS pixels of a map of dy, for one filter, two, three
const STEPS = { "+": 1, "=": 1, "-": -1, _: -1 };

/**
 * @param {Element} stage
 * @param {import("./backward.js").Layer} layer whose stride and padding may change
 * @param {object} hand what is called when something is picked or changed
 * @param {(f: number, row: number, column: number) => void} hand.output
 * @param {(f: number, row: number, column: number, to: (value: number) => number) => void} hand.change
 * @param {(row: number, column: number) => void} hand.pixel of the padded image
 * @param {(row: number, column: number) => void} hand.weight
 * @returns {(state: object) => void} show `{ dy, framed, back, pick, found }`: `found` as of `messages`
 */
export function layerMaps(stage, layer, hand) {
  const F = layer.w.shape[0];
  const [outputs, images, kernels] = [0, 1, 2].map(() => make("div", stage, { className: "course-tracer" }));
  const cursors = Array.from({ length: F }, () => [0, 0]);
  const dyMaps = cursors.map((_, f) => {
    const map = heatmap(outputs, {
      title: `dy[${f}]`,
      size: SIZES[F - 1],
      moves: (row, column) => hand.output(f, row, column),
      paints: (row, column) => hand.change(f, row, column, (value) => (value ? 0 : 1)),
    });
    map.canvas.addEventListener("keydown", (event) => {
      if (!(event.key in STEPS) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      hand.change(f, ...cursors[f], (value) => value + STEPS[event.key]);
    });
    return map;
  });
  const [xMap, dxMap] = ["x", "dx"].map((title) => heatmap(images, { title, size: 290, moves: hand.pixel }));
  const [wMap, dwMap] = ["w", "dw"].map((title) => heatmap(kernels, { title, size: 190, moves: hand.weight }));
  const db = make("p", kernels);

  function show(state) {
    showOutputs(state);
    showImages(state);
    showKernels(state);
    db.textContent = `db = [${Array.from(state.back.db.data, (value) => written(value)).join(", ")}]`;
  }

  function showOutputs({ dy, pick, found }) {
    const most = Math.max(1, reach(dy));
    dyMaps.forEach((map, f) => {
      const marks = found.filter((one) => one.f === f).map(({ i, j }) => ({ row: i, column: j, kind: "ring" }));
      if (pick.kind === "dy" && pick.f === f) cursors[f] = [pick.row, pick.column];
      const [row, column] = cursors[f].map((index, axis) => Math.min(index, dy.shape[axis + 1] - 1));
      cursors[f] = [row, column];
      if (pick.kind === "dy" && pick.f === f) marks.push({ row, column, kind: "cursor" });
      const value = written(dy.data[(f * dy.shape[1] + row) * dy.shape[2] + column]);
      const label = `Row ${row}, column ${column}: ${value}. Space puts 1 or 0, plus and minus change it.`;
      map.show(planeOf(dy, [f]), { signed: true, most, marks, label });
    });
  }

  function showImages({ framed, back, pick, found }) {
    const { kind, c, row, column } = pick;
    const [sh, sw] = layer.stride;
    const [height, width] = layer.w.shape.slice(2);
    const marks = [];
    if (kind === "dy") marks.push({ row: row * sh, column: column * sw, height, width });
    if (kind === "dx") marks.push({ row, column, kind: "cursor" });
    const under =
      kind === "dw" ? found.map(({ i, j }) => ({ row: i * sh + row, column: j * sw + column, kind: "ring" })) : [];
    const border = borderOf(layer.x.shape, layer.padding);
    const label = kind === "dx" ? `Row ${row}, column ${column}.` : "";
    const ends = border.length ? [", padded", ", hatched: cut off"] : ["", ""];
    xMap.show(planeOf(framed, [c]), { marks: [...border, ...under, ...marks], label, title: `x[${c}]${ends[0]}` });
    const how = { signed: true, most: reach(back.dpadded), label, title: `dx[${c}]${ends[1]}` };
    dxMap.show(planeOf(back.dpadded, [c]), {
      ...how,
      marks: [...cutOff(framed.shape, layer.padding), ...border, ...marks],
    });
  }

  function showKernels({ dy, back, pick }) {
    const { kind, f, c, row, column } = pick;
    const here = kind === "dw" ? [{ row, column, kind: "cursor" }] : [];
    const sent = ({ i, j }) => dy.data[(f * dy.shape[1] + i) * dy.shape[2] + j] !== 0;
    const met = kind === "dx" ? meeting(layer, { p: row, q: column }).filter(sent) : [];
    const marks = [...here, ...met.map(({ u, v }) => ({ row: u, column: v, kind: "ring" }))];
    const label = kind === "dw" ? `Row ${row}, column ${column}.` : "";
    const [w, dw] = [layer.w, back.dw];
    wMap.show(planeOf(w, [f, c]), { signed: true, most: reach(w), marks, label, title: `w[${f}, ${c}]` });
    dwMap.show(planeOf(dw, [f, c]), { signed: true, most: reach(dw), marks: here, label, title: `dw[${f}, ${c}]` });
  }

  return show;
}

/** The frame of padding, hatched. */
function cutOff([, H, W], [ph, pw]) {
  const [height, width] = [H - 2 * ph, W - 2 * pw];
  return [
    { row: 0, column: 0, height: ph, width: W },
    { row: H - ph, column: 0, height: ph, width: W },
    { row: ph, column: 0, height, width: pw },
    { row: ph, column: W - pw, height, width: pw },
  ]
    .filter((part) => part.height && part.width)
    .map((part) => ({ ...part, kind: "unseen" }));
}
