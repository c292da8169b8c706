// The lane for conv2d_backward: each number that it returns beside the slope that moving that number shows.

import { compared, placeOf } from "./compared.js";
import { fill, make, written } from "./dom.js";
import { heatmap } from "./heatmap.js";
import { lineToKernel } from "./line.js";
import { planeOf } from "./maths.js";
import { slopes } from "./backward.js";
import { whenBack } from "./back.js";

const NAME = "conv2d_backward";
const GRADIENTS = { dx: "x", dw: "w", db: "b" };

/**
 * What the learner's three gradients are worth beside the measured slopes.
 * @param {any} value what came back
 * @param {{ dx: NDArray, dw: NDArray, db: NDArray }} measured shapes (1, C, H, W), (F, C, KH, KW), (F,)
 * @returns {{ right: boolean, text: string, different: Object<string, number[]> }}
 */
export function gradientsCompared(value, measured) {
  const names = Object.keys(GRADIENTS);
  if (!Array.isArray(value) || value.length !== names.length) {
    return { right: false, text: `\`${NAME}\` must return dx, dw and db, in this order.`, different: {} };
  }
  const each = names.map((name, n) => compared(name, value[n], measured[name]));
  const different = Object.fromEntries(names.map((name, n) => [name, each[n].different]));
  const wrong = each.findIndex(({ right }) => !right);
  if (wrong < 0) {
    const counts = names.map((name) => `${measured[name].data.length} of ${GRADIENTS[name]}`).join(", ");
    return { right: true, text: `\`${NAME}\` gives the measured slope for each number: ${counts}.`, different };
  }
  const name = names[wrong];
  const [first] = different[name];
  if (first === undefined) return { right: false, text: each[wrong].text.replace("`", `\`${NAME}\`: \``), different };
  const [{ length }, { data, shape }] = [different[name], measured[name]];
  const text =
    `\`${NAME}\`: \`${name}\` is not the measured slope in ${length} of ${data.length} cells. ` +
    `At [${placeOf(first, shape).join(", ")}] it gives ${written(value[wrong].data[first])}; ` +
    `moving that number of \`${GRADIENTS[name]}\` shows ${written(data[first])}.`;
  return { right: false, text, different };
}

/**
 * @param {Element} parent
 * @param {any} model
 * @returns {{ run: Function, picture: Function }} `run(dy, layer)` asks anew, `picture(c, f)` shows another channel, filter
 */
export function yourGradients(parent, model) {
  const panel = make("div", parent, { className: "course-yours" });
  const says = make("p", panel, { className: "course-yours-says", "aria-live": "polite" });
  const pictures = {
    dx: heatmap(panel, { title: "your dx", size: 200 }),
    dw: heatmap(panel, { title: "your dw", size: 140 }),
  };
  const ask = lineToKernel(model);
  let last = null;
  let shown = null;
  let at = [0, 0]; // channel and filter

  function run(dy, layer) {
    last = { dy, layer };
    const { x, w, stride, padding } = layer;
    const [images, gradients] = [x, dy].map(({ shape, data }) => ({ shape: [1, ...shape], data }));
    ask([{ name: NAME, args: [gradients, images, w], kwargs: { stride, padding } }], ([answer]) =>
      show(answer, dy, layer),
    );
  }

  function show({ sentence, value }, dy, layer) {
    const measured = Object.fromEntries(
      Object.entries(GRADIENTS).map(([gradient, name]) => [gradient, slopes(dy, layer, name)]),
    );
    measured.dx.shape.unshift(1);
    const result = sentence === undefined ? gradientsCompared(value, measured) : { right: false, text: sentence };
    shown = { value, measured, different: result.different };
    panel.dataset.right = String(result.right);
    fill(says, `${result.right ? "✓" : "•"} ${result.text}`);
    picture(...at);
  }

  function picture(c, f) {
    at = [c, f];
    ["dx", "dw"].forEach((name, n) => {
      const wrong = shown?.different?.[name] ?? [];
      const leading = name === "dx" ? [0, c] : [f, c];
      const plane = wrong.length ? planeOf(shown.value[n], leading) : null;
      pictures[name].element.hidden = !plane;
      if (!plane) return;
      const marks = wrong
        .map((entry) => placeOf(entry, shown.measured[name].shape))
        .filter((place) => place[0] === leading[0] && place[1] === leading[1])
        .map(([, , row, column]) => ({ row, column, kind: "different" }));
      pictures[name].show(plane, { signed: true, marks, title: `your ${name}[${leading.join(", ")}]` });
    });
  }

  whenBack(parent, () => last && run(last.dy, last.layer));
  picture(0, 0);
  return { run, picture };
}
