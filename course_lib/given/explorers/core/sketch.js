// An image to draw on with a soft pen, by mouse or by keyboard, and images to choose instead.

import { dab } from "./brush.js";
import { button, choice } from "./dom.js";
import { heatmap } from "./heatmap.js";
import { copy, resampled, zeros } from "./maths.js";
import { arrayOf } from "./model.js";

const OWN = "your drawing";

/**
 * @param {Element} tools where the choices go
 * @param {Element} parent where the image goes
 * @param {any} model with the traits `image`, `digits` (N, H, W), `names` and `drawing`
 * @param {{ size: number, keep: (values: Object<string, any>) => void, changed: () => void }} options `changed` is called
 *   when the image is another, or the pen has moved
 * @returns {{ image: () => import("./maths.js").NDArray, show: (marks: import("./marks.js").Mark[]) => void }}
 */
export function sketch(tools, parent, model, { size, keep, changed }) {
  let image = copy(arrayOf(model, "image"));
  let cursor = null; // where the pen is
  let penDown = false; // held down by the keyboard
  let draws = true;
  const pictures = picturesOf(model, image.shape);
  const same = pictures.findIndex(([, array]) => isSame(array, image));
  if (same < 0) pictures.unshift(["your image", copy(image)]);

  const picture = choice(tools, "image", [], 0, (index) => take(copy(pictures[index][1])));
  offer(pictures[Math.max(0, same)][0]);
  button(tools, "blank", () => own(zeros(...image.shape)));
  choice(tools, "pen", ["draws", "erases"], 0, (index) => (draws = index === 0));
  const input = heatmap(parent, { title: "image", size, moves, paints: put });

  function offer(name) {
    picture.options(pictures.map(([one]) => one));
    picture.element.value = name;
  }

  function take(taken) {
    image = taken;
    cursor = null;
    penDown = false;
    keep({ image });
    changed();
  }

  /** What is drawn is a picture of its own, kept for another day. */
  function own(drawn) {
    image = drawn;
    const at = pictures.findIndex(([name]) => name === OWN);
    if (at < 0) pictures.push([OWN, image]);
    else pictures[at][1] = image;
    if (picture.element.value !== OWN) offer(OWN);
    keep({ image, drawing: image });
    changed();
  }

  function moves(row, column) {
    cursor = { row, column };
    if (penDown) put(row, column);
    else changed();
  }

  function put(row, column) {
    cursor = { row, column };
    const under = picture.element.value === OWN ? image : copy(image);
    dab(under, row, column, draws);
    own(under);
  }

  function show(marks) {
    const pen = cursor ? [{ ...cursor, kind: penDown ? "tap" : "cursor" }] : [];
    const label = `Arrows move, space ${penDown ? "lifts the pen" : "puts the pen down"}.`;
    input.show(image, { marks: [...marks, ...pen], label });
  }

  input.canvas.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    penDown = !penDown;
    changed();
  });
  for (const lifts of ["pointerdown", "blur"]) input.canvas.addEventListener(lifts, () => (penDown = false));
  input.canvas.addEventListener("focus", () => {
    cursor ??= { row: image.shape[0] >> 1, column: image.shape[1] >> 1 };
    changed();
  });
  return { image: () => image, show };
}

/** The images to choose from, by name, and what was drawn another day, in the size that is wanted here. */
function picturesOf(model, [H, W]) {
  const { data } = arrayOf(model, "digits");
  const cut = (n) => ({ shape: [H, W], data: data.slice(n * H * W, (n + 1) * H * W) });
  const pictures = model.get("names").map((name, n) => [name, cut(n)]);
  const drawing = arrayOf(model, "drawing");
  if (drawing && drawing.shape.length === 2) pictures.push([OWN, resampled(drawing, [H, W])]);
  return pictures;
}

/** Whether two images are the same to single precision, in which the digits travel. */
function isSame(a, b) {
  return a.data.every((value, n) => Math.fround(value) === Math.fround(b.data[n]));
}
