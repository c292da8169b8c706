// How far a stack of layers sees: a panel in which the layers are edited.

import { button, field, fill, make, written } from "./dom.js";
import { lineToKernel } from "./line.js";
import { lengths, receptiveField, stack } from "./stack.js";

const LAYER = [
  ["window", 1, 7],
  ["stride", 1, 6],
  ["padding", 0, 5],
];
const DEPTH = 6;
const INPUT = 24; // pixels under the stack

/** What an output of the last layer sees, layer by layer, in words and numbers. */
export function fieldFormula(layers, output) {
  const counts = lengths(INPUT, layers);
  const stop = counts.indexOf(0);
  if (stop > 0) return `Layer ${stop} finds no place on ${counts[stop - 1]} entries. Make its window smaller, or pad.`;
  const { size, jump, start } = receptiveField(layers);
  const terms = layers.map(([k], level) => `${k - 1}·${receptiveField(layers.slice(0, level)).jump}`);
  const first = start + output * jump;
  return (
    `Output ${output} sees size = 1 + ${terms.join(" + ")} = ${size} pixels, ${written(first)} to ${written(first + size - 1)}. ` +
    `Neighbours begin jump = ${layers.map(([, s]) => s).join("·")} = ${jump} apart; output 0 begins at ${written(start)}.`
  );
}

/**
 * A stack of layers to edit, its picture, its formula, and the learner's `receptive_field` beside it.
 * @param {Element} parent
 * @param {any} model with the trait `layers`
 * @param {(values: Object<string, any>) => void} keep
 */
export function layersPanel(parent, model, keep) {
  let layers = model.get("layers").map((layer) => [...layer]);
  let output = 1;
  make("h4", parent, { textContent: `How far a stack of layers sees, on a row of ${INPUT} pixels` });
  const list = make("div", parent, { className: "course-layers" });
  const picture = stack(make("div", parent), {
    title: "the stack; left and right choose an output",
    moves: (next) => show(next),
  });
  const told = make("p", parent, { className: "course-explorer-field", "aria-live": "polite" });
  const says = make("p", parent, { className: "course-yours-says", "aria-live": "polite" });
  const ask = lineToKernel(model);

  function build() {
    list.replaceChildren();
    layers.forEach((layer, level) => {
      const line = make("div", list, { className: "course-layer" });
      make("span", line, { textContent: `layer ${level + 1}` });
      LAYER.forEach(([name, least, most], at) => {
        make("span", line, { className: "course-axes-head", textContent: name, "aria-hidden": "true" });
        field(line, `layer ${level + 1}, ${name}`, { value: layer[at], least, most }, (value) => {
          layers[level] = layers[level].with(at, value);
          changed();
        });
      });
    });
    const line = make("div", list, { className: "course-layer" });
    const add = button(line, "add a layer", () => reshape([...layers, [3, 1, 0]]));
    const remove = button(line, "remove the last", () => reshape(layers.slice(0, -1)));
    add.disabled = layers.length >= DEPTH;
    remove.disabled = layers.length <= 1;
  }

  function reshape(changedLayers) {
    layers = changedLayers;
    build();
    changed();
    list.querySelector("button:enabled").focus();
  }

  function changed() {
    keep({ layers });
    show(output);
    const { size, jump, start } = receptiveField(layers);
    ask([{ name: "receptive_field", args: [layers] }], ([{ value, sentence }]) => {
      const right = String(value) === String([size, jump, start]);
      const wrong = `\`receptive_field\` returned ${JSON.stringify(value)}; right is (${size}, ${jump}, ${start}).`;
      fill(says, sentence ? `• ${sentence}` : right ? "✓ `receptive_field` says the same." : `• ${wrong}`);
    });
  }

  function show(next) {
    output = Math.max(0, Math.min(next, lengths(INPUT, layers).at(-1) - 1));
    const text = fieldFormula(layers, output);
    fill(told, text);
    picture.show(INPUT, layers, output, text);
  }

  build();
  changed();
}
