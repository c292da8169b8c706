// The second lane for a whole net: the learner's forward pass on what is drawn, layer by layer where it gives them.

import { whenBack } from "./back.js";
import { compared } from "./compared.js";
import { fill, make } from "./dom.js";
import { lineToKernel } from "./line.js";
import { zeros } from "./maths.js";

/** What lenet5_activations gives, and the layer that is the same; its maps have the batch last. */
const GIVES = { conv1: "pool1", conv2: "pool2", fc1: "fc1", fc2: "fc2", logits: "fc3" };

/**
 * @param {Element} parent
 * @param {any} model
 * @param {import("./lenet.js").Kind} kind with mean pooling `lenet5_forward` is run, with max `lenet5_activations`
 * @returns {(image: any, muted: [string, number][], layers: Object<string, any>) => void}
 */
export function yourNet(parent, model, { padding, pooling }) {
  const panel = make("div", parent, { className: "course-yours" });
  const says = make("p", panel, { className: "course-yours-says", "aria-live": "polite" });
  const ask = lineToKernel(model);
  let last = null;

  function run(image, muted, layers) {
    last = [image, muted, layers];
    const x = { shape: [1, 1, ...image.shape], data: image.data };
    const call =
      pooling === "max"
        ? { name: "lenet5_activations", args: [{ muted }, x, padding] }
        : { name: "lenet5_forward", args: [x, { muted }] };
    ask([call], ([{ sentence, value }]) => {
      const result = sentence === undefined ? judged(call.name, value, layers) : { right: false, text: sentence };
      panel.dataset.right = String(result.right);
      fill(says, `${result.right ? "✓" : "•"} ${result.text}`);
    });
  }

  whenBack(parent, () => last && run(...last));
  return run;
}

/** The learner's scores, or all the layers, beside the right ones; the first layer that differs is named. */
export function judged(name, value, layers) {
  if (name === "lenet5_forward") {
    const { right, text } = compared(name, value, asBatch(layers.fc3));
    return { right, text: right ? `${text} They are the scores of the ten classes.` : text };
  }
  if (!value || value.data) return { right: false, text: `\`${name}\` must return a dict of arrays.` };
  for (const [key, layer] of Object.entries(GIVES)) {
    if (!(key in value)) return { right: false, text: `What \`${name}\` returned has no "${key}".` };
    const expected = layers[layer].shape.length > 1 ? batchLast(layers[layer]) : asBatch(layers[layer]);
    const result = compared(`${name}(…)["${key}"]`, value[key], expected);
    if (!result.right) return result;
  }
  return { right: true, text: `\`${name}\` gives the same in every layer: ${Object.keys(GIVES).join(", ")}.` };
}

/** One image's numbers as a batch of one. */
function asBatch({ shape, data }) {
  return { shape: [1, ...shape], data };
}

/** One image's maps (C, H, W) as (H, C, W, 1). */
function batchLast({ shape: [C, H, W], data }) {
  const turned = zeros(H, C, W, 1);
  for (let n = 0; n < data.length; n++) {
    const [c, row, column] = [Math.floor(n / (H * W)), Math.floor(n / W) % H, n % W];
    turned.data[(row * C + c) * W + column] = data[n];
  }
  return turned;
}
