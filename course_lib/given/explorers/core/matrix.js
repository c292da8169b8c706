// A matrix whose cells are typed into, scrubbed with + and −, and dragged.

import { make, written } from "./dom.js";
import { reach } from "./maths.js";
import { scale } from "./colours.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const STEPS = { "+": 1, "=": 1, "-": -1, _: -1 };
const DRAG = 4; // CSS pixels from one fine step to the next

/**
 * @param {Element} parent
 * @param {object} options
 * @param {string} options.title
 * @param {(row: number, column: number, value: number) => void} [options.changes] left out: the cells only show
 * @param {number} [options.step] what + and − add
 * @param {number} [options.fine] what a drag adds at a time
 * @returns {{ element: HTMLElement, show: Function }} `show(array, { signed, most })`, as a heatmap
 */
export function matrix(parent, { title, changes, step = 0.5, fine = 0.1 }) {
  const element = make("figure", parent, { className: "course-matrix" });
  const caption = make("figcaption", element);
  make("span", caption, { className: "course-heatmap-title", textContent: title });
  const shape = make("span", caption, { className: "course-heatmap-shape" });
  const hint = "arrows move, digits type, plus and minus change";
  const grid = make("div", element, { role: "grid", "aria-label": changes ? `${title}: ${hint}` : title });
  let array = { shape: [0, 0], data: new Float64Array(0) };
  let cells = [];
  let typed = null; // the text of a number that is being typed

  function show(values, { signed = true, most = reach(values) } = {}) {
    const rebuilt = String(values.shape) !== String(array.shape);
    array = values;
    if (rebuilt) build();
    const colours = scale(signed, most);
    cells.forEach((cell, n) => {
      const value = values.data[n];
      if (typed === null || cell !== document.activeElement) cell.textContent = written(value, 2);
      cell.style.backgroundColor = colours.colour(value);
      cell.style.color = colours.ink(value);
    });
  }

  function build() {
    const [H, W] = array.shape;
    shape.textContent = `${H} × ${W}`;
    grid.replaceChildren();
    cells = [];
    for (let row = 0; row < H; row++) {
      const line = make("div", grid, { role: "row" });
      for (let column = 0; column < W; column++) cells.push(cellAt(line, row, column));
    }
    grid.classList.toggle("course-matrix-small", Math.max(H, W) > 4);
  }

  function cellAt(line, row, column) {
    const focusable = changes ? { tabIndex: row + column ? -1 : 0 } : {};
    const cell = make("div", line, { role: "gridcell", ...focusable });
    cell.setAttribute("aria-label", `row ${row + 1}, column ${column + 1}`);
    if (!changes) return cell;
    cell.addEventListener("keydown", (event) => pressed(event, row, column, cell));
    cell.addEventListener("focus", () => cells.forEach((other) => (other.tabIndex = other === cell ? 0 : -1)));
    cell.addEventListener("blur", () => {
      typed = null;
      cell.textContent = written(valueAt(row, column), 2);
    });
    drag(cell, row, column);
    return cell;
  }

  const valueAt = (row, column) => array.data[row * array.shape[1] + column];

  function set(row, column, value) {
    changes(row, column, Math.round(value * 1e6) / 1e6);
  }

  function pressed(event, row, column, cell) {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || key === "Tab") return;
    if (key in ARROWS) move(row + ARROWS[key][0], column + ARROWS[key][1]);
    else if (key in STEPS && (typed === null || typed === "-")) scrub(STEPS[key], row, column);
    else if (/^[0-9.,]$/.test(key)) type(`${typed ?? ""}${key === "," ? "." : key}`, row, column, cell);
    else if (key === "Backspace") type(typed ? typed.slice(0, -1) : "", row, column, cell);
    else if (key === "Delete") set(row, column, 0);
    else if (key === "Enter") move(row + 1, column);
    else return;
    event.preventDefault();
  }

  /** One step. A digit right after a first − makes a negative number: both "a step down" and "−2" are typed so. */
  function scrub(sign, row, column) {
    const first = typed === null;
    typed = null;
    set(row, column, valueAt(row, column) + sign * step);
    if (first && sign < 0) typed = "-";
  }

  function type(text, row, column, cell) {
    typed = text;
    cell.textContent = text.replace("-", "−") || "0";
    if (Number.isFinite(Number(text))) set(row, column, Number(text));
  }

  function move(row, column) {
    const [H, W] = array.shape;
    typed = null;
    if (row >= 0 && row < H && column >= 0 && column < W) cells[row * W + column].focus();
  }

  function drag(cell, row, column) {
    let from = null;
    cell.addEventListener("pointerdown", (event) => {
      cell.focus();
      cell.setPointerCapture(event.pointerId);
      from = { x: event.clientX, y: event.clientY, value: valueAt(row, column) };
      typed = null;
      event.preventDefault();
    });
    cell.addEventListener("pointermove", (event) => {
      if (!from) return;
      const steps = Math.round((event.clientX - from.x - (event.clientY - from.y)) / DRAG);
      const value = from.value + steps * fine;
      if (value !== valueAt(row, column)) set(row, column, value);
    });
    for (const end of ["pointerup", "pointercancel"]) cell.addEventListener(end, () => (from = null));
  }

  return { element, show };
}
