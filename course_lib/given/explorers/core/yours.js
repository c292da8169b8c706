// The second lane: the learner's own function, run by the kernel on what the explorer shows, beside the right answer.

import { whenBack } from "./back.js";
import { compared, placeOf } from "./compared.js";
import { fill, make } from "./dom.js";
import { heatmap } from "./heatmap.js";
import { lineToKernel } from "./line.js";
import { planeOf, zeros } from "./maths.js";

/**
 * The lane for one function that returns an array (…, H, W): a sentence, and where it is not right its picture, with
 * the cells that differ hatched.
 * @param {Element} parent
 * @param {any} model
 * @param {{ name: string, size?: number }} options
 * @returns {(args: any[], kwargs: Object, right: import("./maths.js").NDArray, how?: object) => void}
 *   run it; `how` is what `heatmap.show` takes, and `leading`: the indices before rows and columns that are pictured
 */
export function yourCode(parent, model, { name, size = 200 }) {
  const panel = make("div", parent, { className: "course-yours" });
  const says = make("p", panel, { className: "course-yours-says", "aria-live": "polite" });
  const picture = heatmap(panel, { title: `your ${name}`, size });
  const ask = lineToKernel(model);
  let last = null;

  function run(args, kwargs, right, how = {}) {
    last = { args, kwargs, right, how };
    ask([{ name, args, kwargs }], ([answer]) => show(answer, right, how));
  }

  function show({ sentence, value }, right, how) {
    const result =
      sentence === undefined ? compared(name, value, right) : { right: false, text: sentence, different: [] };
    const leading = how.leading ?? [];
    const plane = result.right ? null : planeOf(value, leading);
    const drawn = plane && plane.shape.every((length) => length <= 256);
    const marks = result.different
      .map((n) => placeOf(n, right.shape))
      .filter((place) => leading.every((index, axis) => place[axis] === index))
      .map((place) => ({ row: place.at(-2), column: place.at(-1), kind: "different" }));
    picture.element.hidden = !drawn;
    picture.show(drawn ? plane : zeros(1, 1), { ...how, marks: [...marks, ...(how.marks ?? [])] });
    panel.dataset.right = String(result.right);
    fill(says, `${result.right ? "✓" : "•"} ${result.text}`);
  }

  picture.element.hidden = true;
  whenBack(parent, () => last && run(last.args, last.kwargs, last.right, last.how));
  return run;
}
