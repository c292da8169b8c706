// The lines of a loop, the one that runs lit up, and the value that each has given its variable.

import { factor, make, written } from "./dom.js";

/** An index such as `2·i + u`; a factor of 1 is left out. */
export function index(stride, outer, dilation, inner) {
  const scaled = (times, name) => (times === 1 ? `${name}` : `${times}·${name}`);
  return `${scaled(stride, outer)} + ${scaled(dilation, inner)}`;
}

/** The two indices of the pixel that meets an entry of the kernel. */
export function pixelIndex({ stride, dilation }, [i, j], [u, v]) {
  return `${index(stride[0], i, dilation[0], u)}, ${index(stride[1], j, dilation[1], v)}`;
}

/**
 * @param {Element} parent
 * @returns {{ show: (loop: import("./loop.js").Loop, now: object, name: string, hidden: boolean) => void }}
 *   `now` is what `at` gives, `name` that of the array which is read; `hidden`: the sum is not shown
 */
export function code(parent) {
  const element = make("figure", parent, { className: "slide-stepper-code" });
  const caption = make("figcaption", element);
  make("span", caption, { className: "course-heatmap-title", textContent: "the loop" });
  const lines = make("ol", element);

  function show(loop, now, name, hidden) {
    const [KH, KW] = loop.kernel.shape;
    const [u, v] = now.entry ?? ["", ""];
    const upTo = (letter, count) => `for ${letter} = 0 … ${count - 1}`;
    const last = now.terms.at(-1);
    const running = now.done ? 6 : now.added ? 5 : 2;
    const texts = [
      [0, upTo("i", loop.shape[0]), `i = ${now.i}`],
      [1, upTo("j", loop.shape[1]), `j = ${now.j}`],
      [2, "sum ← 0", hidden ? "" : `sum = ${written(now.sum)}`],
      [2, upTo("u", KH), now.entry && !now.done ? `u = ${u}` : ""],
      [3, upTo("v", KW), now.entry && !now.done ? `v = ${v}` : ""],
      [
        4,
        `sum ← sum + ${name}[${pixelIndex(loop, ["i", "j"], ["u", "v"])}] · kernel[u, v]`,
        last && !now.done
          ? `${name}[${now.pixel}] · kernel[${now.entry}] = ${factor(last[0])}·${factor(last[1])}`.replaceAll(",", ", ")
          : "",
      ],
      [2, "out[i, j] ← sum", now.done ? `out[${now.i}, ${now.j}] = ${written(now.sum)}` : ""],
    ];
    lines.replaceChildren();
    texts.forEach(([depth, text, value], number) => {
      const line = make("li", lines, number === running ? { "aria-current": "step" } : {});
      make("code", line, { textContent: text }).style.paddingLeft = `${1.5 * depth}em`;
      make("span", line, { textContent: value });
    });
  }

  return { show };
}
