// What pooling does, in words and numbers: at one place, after a move, and on the way back.

import { factor, written } from "./dom.js";
import { rolled } from "./maths.js";
import { placeOf } from "./compared.js";
import { covered, divisor, pooledShape, winner } from "./pooling.js";

const FEW = 9; // so many pixels are spelled out
const AXES = ["rows", "columns"];

/** Why a window cannot be laid, as a sentence; "" if it can. */
export function trouble(shape, how) {
  for (const [axis, name] of AXES.entries()) {
    const [k, p] = [how.window[axis], how.padding[axis]];
    if (2 * p > k) return `${name}: padding ${p} is more than half the window ${k}, so a window could miss the image.`;
    if (pooledShape(shape, how)[axis] < 1) {
      return `${name}: the window takes ${k}, and only ${shape[axis] + 2 * p} are there: it fits nowhere.`;
    }
  }
  return "";
}

/** The largest or the mean at one place, spelled out. */
export function placeTold(image, how, place) {
  const pixels = covered(image.shape, how, place);
  const outside = how.window[0] * how.window[1] - pixels.length;
  const values = pixels.map((n) => image.data[n]);
  const name = `output[${place.join(", ")}]`;
  const few = pixels.length <= FEW;
  if (how.kind === "max") {
    const won = winner(image, pixels);
    const among = few ? `max(${values.map((value) => written(value)).join(", ")})` : `the largest of ${pixels.length}`;
    const never = outside ? `; ${outside} of padding never win` : "";
    return `${name} = ${among} = ${written(image.data[won])}, at image[${placeOf(won, image.shape).join(", ")}]${never}`;
  }
  const sum = values.reduce((all, value) => all + value, 0);
  const count = divisor(pixels, how);
  const told = few
    ? `(${values.map((value) => factor(value)).join(" + ")})`
    : `(sum of ${pixels.length}: ${written(sum)})`;
  const rest = how.countPadding ? "zeros of padding count" : "of padding are not counted";
  return `${name} = ${told} / ${count} = ${written(sum / count)}${outside ? `; ${outside} ${rest}` : ""}`;
}

/** What a move of the image has changed in the map. */
export function movedTold(before, now, shift, stride) {
  const [down, right] = shift;
  if (!down && !right) return "Not moved yet.";
  const ways = [
    [Math.abs(down), down < 0 ? "up" : "down"],
    [Math.abs(right), right < 0 ? "left" : "right"],
  ];
  const way = ways.filter(([steps]) => steps).map(([steps, word]) => `${steps} ${word}`);
  const changes = now.data.map((value, n) => value - before.data[n]);
  const different = changes.filter((value) => Math.abs(value) > 1e-12).length;
  const [length, all] = [changes, before.data].map((data) => Math.hypot(...data));
  const share = all ? `; |now − before| / |before| = ${written(length / all)}` : "";
  const counted = `Moved ${way.join(" and ")}: ${different} of ${now.data.length} numbers change${share}.`;
  return `${counted} ${alongTold(before, now, shift, stride, different)}`.trim();
}

/** Whether the map has moved along. */
function alongTold(before, now, shift, stride, different) {
  if (!different) return "The map does not notice.";
  const steps = shift.map((pixels, axis) => pixels / stride[axis]);
  if (!steps.every(Number.isInteger)) return "That is no whole number of strides: no place of the map can move along.";
  const along = rolled(before, steps);
  const same = now.data.every((value, n) => Math.abs(value - along.data[n]) <= 1e-12);
  return same ? "The map is the old one, moved along." : "The map moves along, but for what crosses the border.";
}

/** What a gradient leaves on the image. */
export function backTold(gradient, arrived, how) {
  const sum = ({ data }) => data.reduce((all, value) => all + value, 0);
  const rule =
    how.kind === "max"
      ? "Each number goes whole to the pixel that won."
      : "Each number is shared evenly over its window.";
  const touched = arrived.data.filter((value) => value).length;
  const most = arrived.data.reduce((best, value, n, all) => (value > all[best] ? n : best), 0);
  const lost = sum(gradient) - sum(arrived);
  const padding = Math.abs(lost) > 1e-9 ? `; ${written(lost)} falls on the padding` : "";
  return (
    `${rule} Sent: ${written(sum(gradient))}. Arrived: ${written(sum(arrived))}, on ${touched} of ${arrived.data.length} pixels${padding}. ` +
    `The most, ${written(arrived.data[most])}, is on image[${placeOf(most, arrived.shape).join(", ")}].`
  );
}
