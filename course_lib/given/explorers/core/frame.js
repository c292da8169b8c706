// The frame of every explorer: its tools, its panels, and the line that says the formula in words and numbers.

import { fill, make } from "./dom.js";

/**
 * @param {Element} el
 * @param {object} options
 * @param {string} options.title
 * @param {string} options.task what to do with it, in a sentence or two; `code` in backticks
 * @returns {{ root: HTMLElement, tools: HTMLElement, stage: HTMLElement, under: HTMLElement, lane: HTMLElement, say: (text: string) => void }}
 */
export function frame(el, { title, task }) {
  const root = make("section", el, { className: "course-explorer", "aria-label": title });
  fill(make("p", root, { className: "course-explorer-task" }), task);
  const tools = make("div", root, { className: "course-explorer-tools" });
  const stage = make("div", root, { className: "course-explorer-stage" });
  const under = make("div", root, { className: "course-explorer-stage course-explorer-under" });
  const formula = make("p", root, { className: "course-explorer-formula", "aria-live": "polite" });
  const lane = make("div", root, { className: "course-explorer-lane" });
  return { root, tools, stage, under, lane, say: (text) => fill(formula, text) };
}
