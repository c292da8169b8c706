// One panel of curves over epochs, as SVG: axes, a line for each series, the best epoch as a ring, marks of changes.

export const WIDTH = 330;
export const HEIGHT = 170;
const [LEFT, RIGHT, TOP, BOTTOM] = [42, 8, 26, 22];
const LETTER = 7; // about the width of one, in the legend

function draw(tag, parent, attributes, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  parent.append(element);
  return element;
}

/** An empty panel. */
export function newPanel(parent) {
  return draw("svg", parent, { viewBox: `0 0 ${WIDTH} ${HEIGHT}` });
}

/**
 * @param {SVGElement} svg
 * @param {object} what
 * @param {string} what.title
 * @param {{ values: number[], name?: string, dashed?: boolean }[]} what.series from epoch 1 on
 * @param {number} what.low @param {number} what.high ends of the upright axis
 * @param {[number, string][]} what.ticks
 * @param {number} what.goal how many epochs there will be
 * @param {number} [what.best] @param {number} [what.chosen] epochs, 0 for none
 * @param {{ epoch: number, text: string }[]} [what.changes] what was changed before an epoch
 */
export function drawPanel(svg, { title, series, low, high, ticks, goal, best, chosen, changes = [] }) {
  svg.replaceChildren();
  const x = (epoch) => LEFT + ((WIDTH - LEFT - RIGHT) * (goal > 1 ? epoch - 1 : 0.5)) / Math.max(1, goal - 1);
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low || 1));
  draw("text", svg, { x: 0, y: 12, "font-weight": 600 }, title);
  for (const [value, text] of ticks) {
    draw("line", svg, { class: "axis", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) });
    draw("text", svg, { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, text);
  }
  draw("text", svg, { x: x(1), y: HEIGHT - 5 }, "1");
  if (goal > 1) draw("text", svg, { x: x(goal), y: HEIGHT - 5, "text-anchor": "end" }, `epoch ${goal}`);
  drawChanges(svg, changes, x);
  if (chosen) draw("line", svg, { class: "cursor", x1: x(chosen), x2: x(chosen), y1: TOP, y2: HEIGHT - BOTTOM });

  const inside = draw("svg", svg, { x: 0, y: TOP - 6, width: WIDTH, height: HEIGHT - TOP - BOTTOM + 12 });
  inside.style.overflow = "hidden"; // values below the axis leave the panel, not the page
  inside.setAttribute("viewBox", `0 ${TOP - 6} ${WIDTH} ${HEIGHT - TOP - BOTTOM + 12}`);
  let legend = WIDTH - RIGHT;
  for (const { name, values, dashed } of series) {
    const kind = dashed ? "line dashed" : "line";
    const points = values.map((value, index) => `${x(index + 1)},${y(value)}`).join(" ");
    draw("polyline", inside, { class: kind, points });
    if (values.length) {
      const last = { cx: x(values.length), cy: y(values.at(-1)), r: dashed ? 2 : 3 };
      draw("circle", inside, { class: "dot", ...last });
    }
    if (name) {
      const width = LETTER * name.length;
      draw("text", svg, { x: legend - width, y: 12 }, name);
      draw("line", svg, { class: kind, x1: legend - width - 30, x2: legend - width - 6, y1: 8, y2: 8 });
      legend -= width + 42;
    }
    if (best && !dashed && values[best - 1] !== undefined)
      draw("circle", inside, { class: "best", cx: x(best), cy: y(values[best - 1]), r: 6 });
  }
}

/** A dotted line before the epoch of each change; its words where they do not run into the last ones. */
function drawChanges(svg, changes, x) {
  let free = 0;
  for (const { epoch, text } of changes) {
    const at = Math.max(LEFT, (x(epoch) + x(epoch - 1)) / 2);
    draw("line", svg, { class: "change", x1: at, x2: at, y1: TOP, y2: HEIGHT - BOTTOM });
    const width = LETTER * text.length;
    const left = at + 3 + width > WIDTH - RIGHT ? at - 3 - width : at + 3;
    if (left < free) continue;
    draw("text", svg, { class: "change-text", x: left, y: TOP + 8 }, text);
    free = left + width;
  }
}
