// ChannelStack: what each channel adds to one feature map, and a bank of filters over the same channels.

import { button, factor, make, written } from "./core/dom.js";
import { crossCorrelate2d, planeOf, reach } from "./core/maths.js";
import { addedUp, filterOf, layer, shares, silenced } from "./core/channels.js";
import { arrayOf, keeper } from "./core/model.js";
import { frame } from "./core/frame.js";
import { heatmap } from "./core/heatmap.js";
import { matrix } from "./core/matrix.js";
import { yourCode } from "./core/yours.js";

const TASK =
  "Mute a channel, or hear it solo. Arrows or the pointer choose a place, in a channel or in the output. " +
  "Slices and bias: type, press + and −, or drag an entry.";
const SIZES = { channel: 150, out: 220, bank: 132 }; // CSS pixels

/** The sum at one place, channel by channel. */
export function formula(head, parts, bias) {
  const terms = parts.map(({ name, share, heard }) => (heard ? `${factor(share)} (${name})` : `0 (${name}, muted)`));
  if (bias) terms.push(`${factor(bias)} (bias)`);
  const sum = parts.reduce((all, { share, heard }) => all + (heard ? share : 0), bias);
  return `${head} = ${terms.join(" + ")} = ${written(sum)}`;
}

function render({ model, el }) {
  const keep = keeper(model);
  const { stage, under, lane, say } = frame(el, { title: model.get("title"), task: TASK });
  const image = arrayOf(model, "image");
  const filters = arrayOf(model, "filters");
  const bias = arrayOf(model, "bias");
  const names = model.get("names");
  const [F, C, KH, KW] = filters.shape;
  const most = Math.max(1, reach(image));
  let place = model.get("place");
  let chosen = 0;
  const parts = Array.from({ length: F }, (_, f) => shares(image, filterOf(filters, f)));
  let computed = null;
  const muted = new Set();
  const solo = new Set();
  const heard = () => names.map((_, c) => (solo.size ? solo.has(c) : !muted.has(c)));

  stage.classList.add("course-channels");
  const rows = names.map((name, c) => channelRow(name, c));
  const biasCell = matrix(under, { title: "bias", changes: (row, column, value) => changeBias(value) });
  const output = heatmap(under, { title: "output", size: SIZES.out, moves: go });
  const bank = make("div", under, { className: "course-channels-bank" });
  const maps = F > 1 ? Array.from({ length: F }, (_, f) => bankMap(f)) : [];
  const one = yourCode(lane, model, { name: "conv2d_one_filter" });
  const layerLane = make("div", lane);
  const all = yourCode(layerLane, model, { name: "conv2d" });

  function channelRow(name, c) {
    const row = make("div", stage, { className: "course-channel", role: "group", "aria-label": name });
    const head = make("div", row, { className: "course-channel-head" });
    make("strong", head, { textContent: name });
    const toggles = [
      ["mute", muted],
      ["solo", solo],
    ].map(([word, set]) => button(head, word, () => toggle(set, c), { "aria-label": `${word} ${name}` }));
    const input = heatmap(row, { title: `image[${c}]`, size: SIZES.channel, moves: toMiddle });
    sign(row, "×");
    const slice = matrix(row, { title: "its slice", changes: (u, v, value) => changeSlice(c, u, v, value) });
    sign(row, "→");
    const share = heatmap(row, { title: "its share", size: SIZES.channel });
    sign(row, "→");
    const sum = heatmap(row, { title: c ? "sum so far" : "sum", size: SIZES.channel });
    return { row, toggles, input, slice, share, sum };
  }

  function sign(row, text) {
    make("span", row, { className: "course-sign", textContent: text, "aria-hidden": "true" });
  }

  function bankMap(f) {
    const around = make("div", bank);
    const press = button(around, `filter ${f}`, () => choose(f));
    return { press, map: heatmap(around, { title: "", size: SIZES.bank }) };
  }

  function compute() {
    const audible = heard();
    const own = parts[chosen];
    const sums = own.map((_, c) => addedUp(own.slice(0, c + 1), audible));
    computed = { audible, own, sums, outputs: layer(parts, audible, bias.data) };
    drawAll();
    runYours();
  }

  function drawAll() {
    const { audible, own, sums, outputs } = computed;
    const kernel = filterOf(filters, chosen);
    const [row, column] = place;
    const chain = Math.max(...[...own, ...sums].map(reach));
    const marks = [{ row, column, kind: "cursor" }];
    const label = `Row ${row}, column ${column}.`;
    rows.forEach((panel, c) => {
      panel.row.dataset.muted = String(!audible[c]);
      [muted, solo].forEach((set, n) => panel.toggles[n].setAttribute("aria-pressed", String(set.has(c))));
      panel.input.show(planeOf(image, [c]), {
        most,
        marks: [
          { row, column, height: KH, width: KW },
          { row: row + (KH >> 1), column: column + (KW >> 1), kind: "cursor" },
        ],
        label,
      });
      panel.slice.show(planeOf(kernel, [c]), { most: reach(kernel) });
      panel.share.show(own[c], { signed: true, most: chain, marks });
      panel.sum.show(sums[c], { signed: true, most: chain, marks });
    });
    biasCell.show({ shape: [1, 1], data: bias.data.slice(chosen, chosen + 1) }, { most: Math.max(1, reach(bias)) });
    output.show(planeOf(outputs, [chosen]), {
      title: `${F > 1 ? `out[${chosen}]` : "out"}${bias.data[chosen] ? ", with bias" : ""}`,
      signed: true,
      marks,
      label,
    });
    maps.forEach(({ press, map }, f) => {
      press.setAttribute("aria-pressed", String(f === chosen));
      map.show(planeOf(outputs, [f]), { signed: true, title: `out[${f}]`, marks });
    });
    sayFormula();
  }

  function sayFormula() {
    const { audible, own } = computed;
    const [i, j] = place;
    const n = i * own[0].shape[1] + j;
    const terms = names.map((name, c) => ({ name, share: own[c].data[n], heard: audible[c] }));
    say(formula(`out[${F > 1 ? `${chosen}, ` : ""}${i}, ${j}]`, terms, bias.data[chosen]));
  }

  function runYours() {
    const { audible, sums, outputs } = computed;
    const silent = silenced(filters, audible);
    one([image, filterOf(silent, chosen)], {}, sums.at(-1), { signed: true });
    layerLane.hidden = F === 1 && !bias.data[0];
    if (layerLane.hidden) return;
    const batch = { shape: [1, ...image.shape], data: image.data };
    all(
      [batch, silent, bias],
      {},
      { ...outputs, shape: [1, ...outputs.shape] },
      { signed: true, leading: [0, chosen] },
    );
  }

  function toggle(set, c) {
    if (!set.delete(c)) set.add(c);
    compute();
  }

  function choose(f) {
    chosen = f;
    compute();
  }

  function go(row, column) {
    place = [row, column];
    drawAll();
    keep({ place });
  }

  /** The middle of the window goes to a pixel of a channel, as far as there is room. */
  function toMiddle(row, column) {
    const [OH, OW] = computed.own[0].shape;
    const within = (index, places) => Math.max(0, Math.min(index, places - 1));
    go(within(row - (KH >> 1), OH), within(column - (KW >> 1), OW));
  }

  function changeSlice(c, u, v, value) {
    filters.data[((chosen * C + c) * KH + u) * KW + v] = value;
    parts[chosen][c] = crossCorrelate2d(planeOf(image, [c]), planeOf(filters, [chosen, c]));
    keep({ filters });
    compute();
  }

  function changeBias(value) {
    bias.data[chosen] = value;
    keep({ bias });
    compute();
  }

  compute();
}

export default { render };
