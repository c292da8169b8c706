// What im2col and shifted rows write down for a batch that is not drawn: three bars, and by how many times they grow.

import { choice, make, written } from "./dom.js";
import { numbersWritten } from "./columns.js";

const BYTES = 4; // of a number in float32
const JOBS = {
  "the photograph": [1, 3, 200, 170],
  "64 digits": [64, 1, 28, 28],
  "8 images of 64 maps": [8, 64, 32, 32],
};

/** A number of bytes as it is read. */
export function bytesTold(bytes) {
  if (bytes < 1e3) return `${bytes} bytes`;
  return bytes < 1e6 ? `${written(bytes / 1e3, 1)} kB` : `${written(bytes / 1e6, bytes < 1e8 ? 1 : 0)} MB`;
}

/**
 * @param {Element} parent
 * @returns {(window: import("./columns.js").Window) => void} show what a window takes
 */
export function memoryPanel(parent) {
  const panel = make("div", parent, { className: "course-memory", role: "group", "aria-label": "memory" });
  const head = make("div", panel, { className: "course-memory-head" });
  const shapes = Object.values(JOBS);
  let shape = shapes[0];
  let shown = null;
  choice(head, "memory for", Object.keys(JOBS), 0, (index) => {
    shape = shapes[index];
    show(shown);
  });
  const told = make("span", head);
  const lines = ["input", "shifted rows", "im2col"].map((name) => {
    const line = make("div", panel, { className: "course-memory-line" });
    make("strong", line, { textContent: name });
    const words = make("span", line);
    const room = make("div", panel, { className: "course-memory-room" });
    return { words, bar: make("div", room, { className: "course-memory-bar" }) };
  });

  function show(window) {
    shown = window;
    const { input, rows, columns } = numbersWritten(shape, window);
    told.textContent = `(${shape.join(", ")}) in float32, with the kernel chosen above:`;
    const most = Math.max(input, rows ?? 0, columns);
    [input, rows, columns].forEach((count, n) => {
      lines[n].bar.style.width = `${(100 * (count ?? 0)) / most}%`;
      lines[n].words.textContent = worded(count, input, n);
    });
  }

  function worded(count, input, n) {
    if (count === null) return "only for stride 1, no dilation, one padding";
    const bytes = bytesTold(count * BYTES);
    return n ? `${bytes}, ${written(count / input, 1)} times the input` : bytes;
  }

  return show;
}
