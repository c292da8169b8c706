// BackpropTracer: what each output's gradient sends to the image and to the kernel, and the proof by moving numbers.

import { choice, field, make } from "./core/dom.js";
import { conv2dBackward, windowOf } from "./core/backward.js";
import { entryTold, messages, sentTold } from "./core/backward_told.js";
import { paddedChannels, placesOf } from "./core/columns.js";
import { arrayOf, keeper } from "./core/model.js";
import { frame } from "./core/frame.js";
import { layerMaps } from "./core/layer_maps.js";
import { yourGradients } from "./core/gradients_yours.js";
import { zeros } from "./core/maths.js";

const AXES = ["rows", "columns"];
const QUANTITIES = [
  ["stride", 1, 3],
  ["padding", 0, 2],
];
const SENT = ["as you set it", "a 1 at the chosen place", "a 1 at every place"];
const [OWN, ONE, ALL] = [0, 1, 2];
const TASK =
  "dy: choose with the arrows or the pointer; space or a press puts 1 or takes it away, + and − change it. " +
  "dx and dw: choose an entry; what of dy and w meets there is ringed, and moving that number shows its slope.";

function render({ model, el }) {
  const keep = keeper(model);
  const { tools, stage, lane, say } = frame(el, { title: model.get("title"), task: TASK });
  const layer = { x: arrayOf(model, "x"), w: arrayOf(model, "w") };
  const [C, F] = [layer.x.shape[0], layer.w.shape[0]];
  Object.assign(layer, { b: zeros(F), stride: model.get("stride"), padding: model.get("padding") });
  let dy = arrayOf(model, "dy");
  let pick = null;
  let framed = null;
  let back = null;

  const axes = make("div", tools, { className: "course-axes course-tracer-axes" });
  for (const head of ["", ...QUANTITIES.map(([name]) => name)]) {
    make("span", axes, { className: "course-axes-head", textContent: head, "aria-hidden": "true" });
  }
  AXES.forEach((axis, at) => {
    make("span", axes, { textContent: axis, "aria-hidden": "true" });
    for (const [name, least, most] of QUANTITIES) {
      field(axes, `${name}, ${axis}`, { value: layer[name][at], least, most }, (value) => {
        layer[name] = layer[name].with(at, value);
        keep({ [name]: layer[name] });
        reshape();
      });
    }
  });
  const sending = choice(tools, "dy is", SENT, OWN, () => {
    fillDy();
    compute();
  });
  if (C > 1) {
    const names = Array.from({ length: C }, (_, c) => String(c));
    choice(tools, "channel", names, 0, (c) => go({ ...pick, c }));
  }
  const showMaps = layerMaps(stage, layer, {
    output: toOutput,
    change,
    pixel: (row, column) => go({ ...pick, kind: "dx", row, column }),
    weight: (row, column) => go({ ...pick, kind: "dw", row, column }),
  });
  const yours = yourGradients(lane, model);

  /** The output has another shape: what is left of dy stays where it was. */
  function reshape() {
    const { shape, data } = dy;
    dy = zeros(F, ...placesOf(layer.x.shape, windowOf(layer)));
    const [, OH, OW] = dy.shape;
    dy.data.forEach((_, n) => {
      const [f, i, j] = [Math.floor(n / (OH * OW)), Math.floor(n / OW) % OH, n % OW];
      if (i < shape[1] && j < shape[2]) dy.data[n] = data[(f * shape[1] + i) * shape[2] + j];
    });
    pick = null;
    fillDy();
    compute();
  }

  function fillDy() {
    const index = sending.element.selectedIndex;
    if (index === ALL) dy.data.fill(1);
    if (index !== ONE) return;
    if (!pick || pick.kind !== "dy") pick = { kind: "dy", f: 0, c: pick ? pick.c : 0, row: 0, column: 0 };
    dy.data.fill(0);
    dy.data[(pick.f * dy.shape[1] + pick.row) * dy.shape[2] + pick.column] = 1;
  }

  function compute() {
    framed = paddedChannels(layer.x, layer.padding);
    back = conv2dBackward(dy, layer);
    keep({ dy });
    go(pick ?? busiest());
    yours.run(dy, layer);
  }

  /** The first pixel at which most messages meet. */
  function busiest() {
    const [, H, W] = framed.shape;
    const at = (n) => ({ kind: "dx", f: 0, c: 0, row: Math.floor(n / W), column: n % W });
    const picks = Array.from({ length: H * W }, (_, n) => at(n));
    const met = picks.map((one) => messages(dy, layer, framed, one).length);
    return picks[met.indexOf(Math.max(...met))];
  }

  function toOutput(f, row, column) {
    pick = { ...pick, kind: "dy", f, row, column };
    if (sending.element.selectedIndex !== ONE) return go(pick);
    fillDy();
    compute();
  }

  function change(f, row, column, to) {
    const n = (f * dy.shape[1] + row) * dy.shape[2] + column;
    dy.data[n] = to(dy.data[n]);
    sending.element.selectedIndex = OWN;
    pick = { ...pick, kind: "dy", f, row, column };
    compute();
  }

  function go(chosen) {
    pick = chosen;
    const found = pick.kind === "dy" ? [] : messages(dy, layer, framed, pick);
    showMaps({ dy, framed, back, pick, found });
    yours.picture(pick.c, pick.f);
    say(pick.kind === "dy" ? sentTold(dy, layer, pick) : entryTold(dy, layer, pick, found));
  }

  compute();
}

export default { render };
