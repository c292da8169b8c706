// A confusion matrix: a row for what it is, a column for what was read, and what is said of it.

import { make } from "./dom.js";

/** How many were read rightly, of how many. @param {import("./maths.js").NDArray} counts shape (K, K) */
export function rightOf({ shape: [K], data }) {
  let [right, all] = [0, 0];
  for (let n = 0; n < K * K; n++) {
    all += data[n];
    if (n % (K + 1) === 0) right += data[n];
  }
  return { right, all };
}

/** The most frequent mistake, the first of equals; null where there is none. */
export function worstOf({ shape: [K], data }) {
  let worst = null;
  for (let n = 0; n < K * K; n++) {
    const wrong = n % (K + 1) !== 0 && data[n] > 0;
    if (wrong && data[n] > (worst?.times ?? 0)) worst = { is: Math.floor(n / K), read: n % K, times: data[n] };
  }
  return worst;
}

/**
 * @param {Element} parent
 * @param {string} title
 * @returns {{ element: HTMLElement, show: (counts: import("./maths.js").NDArray) => void }}
 */
export function confusionTable(parent, title) {
  const element = make("figure", parent, { className: "train-watch-confusion" });
  make("figcaption", element, { className: "course-heatmap-title", textContent: title });
  const table = make("table", element);
  make("p", element, { className: "course-heatmap-shape", textContent: "row: what it is · column: what was read" });

  function show(counts) {
    const K = counts.shape[0];
    const most = Math.max(1, ...Array.from(counts.data).filter((_, n) => n % (K + 1) !== 0));
    table.replaceChildren();
    const head = make("tr", table);
    make("td", head);
    for (let read = 0; read < K; read++) make("th", head, { textContent: read, scope: "col" });
    for (let is = 0; is < K; is++) {
      const row = make("tr", table);
      make("th", row, { textContent: is, scope: "row" });
      for (let read = 0; read < K; read++) {
        const count = counts.data[is * K + read];
        const cell = make("td", row, { textContent: count || "", className: is === read ? "train-watch-right" : "" });
        if (is !== read && count) cell.style.setProperty("--share", `${20 + (50 * count) / most}%`);
      }
    }
  }
  return { element, show };
}
