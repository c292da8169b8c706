// The image of an explorer: chosen among several, blanked, or drawn on by hand.

import { button, choice } from "./dom.js";
import { copy, reach, zeros } from "./maths.js";
import { arrayOf } from "./model.js";

const DRAWING = "your drawing";

/**
 * The choice of an image, and its brush. What is drawn is a picture of its own, kept for another day.
 * @param {Element} tools
 * @param {any} model with the traits `image` and `drawing`
 * @param {(values: Object<string, any>) => void} keep
 * @param {[string, import("./maths.js").NDArray][]} offered
 * @param {(painted: boolean) => void} changed called after each change; `painted` if the image is otherwise the same
 * @returns {{ image: () => import("./maths.js").NDArray, paint: (row: number, column: number, starts: boolean) => void }}
 */
export function pictures(tools, model, keep, offered, changed) {
  const all = [...offered];
  let image = arrayOf(model, "image");
  let brush = 1;
  const chosen = choice(tools, "image", [], 0, (index) => take(copy(all[index][1])));
  button(tools, "blank", () => {
    image = zeros(...image.shape);
    drawn();
    changed(false);
  });

  function take(taken) {
    image = taken;
    keep({ image });
    changed(false);
  }

  function drawn() {
    const at = all.findIndex(([name]) => name === DRAWING);
    if (at >= 0) all[at][1] = image;
    else {
      all.push([DRAWING, image]);
      name();
    }
    chosen.element.value = DRAWING;
    keep({ image, drawing: image });
  }

  /** A stroke that starts on a bright pixel darkens, another brightens. */
  function paint(row, column, starts) {
    const n = row * image.shape[1] + column;
    const most = Math.max(1, reach(image));
    if (starts) brush = image.data[n] > most / 2 ? 0 : most;
    image.data[n] = brush;
    drawn();
    changed(true);
  }

  const name = () => chosen.options(all.map(([text]) => text));

  const drawing = arrayOf(model, "drawing");
  if (drawing) all.push([DRAWING, drawing]);
  const same = all.findIndex(([, array]) => String(array.data) === String(image.data));
  if (same < 0) all.unshift(["your image", copy(image)]);
  name();
  chosen.element.selectedIndex = Math.max(0, same);
  return { image: () => image, paint };
}
