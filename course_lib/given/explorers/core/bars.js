// Probabilities as bars, one a class, of which one is chosen.

import { make } from "./dom.js";

/**
 * @param {Element} parent
 * @param {{ title: string, marked: string, count: number, chooses: (index: number) => void }} options
 * @returns {{ element: HTMLElement, show: Function }} `marked` says what the lines across the bars are
 */
export function bars(parent, { title, marked, count, chooses }) {
  const element = make("figure", parent, { className: "course-bars" });
  const caption = make("figcaption", element);
  make("span", caption, { className: "course-heatmap-title", textContent: title });
  const legend = make("span", caption, { className: "course-heatmap-shape", textContent: marked });
  const list = make("div", element, { role: "application", tabIndex: 0 });
  const rows = Array.from({ length: count }, (_, index) => {
    const row = make("div", list, { className: "course-bars-row" });
    make("span", row, { textContent: String(index) });
    const track = make("div", row, { className: "course-bars-track" });
    const bar = make("div", track, { className: "course-bars-bar" });
    const before = make("div", track, { className: "course-bars-before" });
    row.addEventListener("pointerdown", () => chooses(index));
    return { row, bar, before, number: make("span", row, { className: "course-bars-number" }) };
  });
  let chosen = null;

  /**
   * @param {ArrayLike<number>} values from 0 to 1
   * @param {object} [how]
   * @param {ArrayLike<number> | null} [how.before] what they were, as a line across each bar
   * @param {number | null} [how.place] the chosen one
   * @param {string} [how.label] words for those who cannot see it
   */
  function show(values, { before = null, place = null, label = "" } = {}) {
    chosen = place;
    legend.hidden = !before;
    const winner = values.indexOf(Math.max(...values));
    rows.forEach(({ row, bar, before: line, number }, index) => {
      row.classList.toggle("course-bars-winner", index === winner);
      row.classList.toggle("course-bars-chosen", index === chosen);
      bar.style.width = `${100 * values[index]}%`;
      line.hidden = !before;
      if (before) line.style.left = `${100 * before[index]}%`;
      number.textContent = values[index].toFixed(3);
    });
    list.setAttribute("aria-label", `${title}. ${label}`);
  }

  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = chosen === null ? (step > 0 ? 0 : count - 1) : chosen + step;
    if (next >= 0 && next < count) chooses(next);
  });
  return { element, show };
}
