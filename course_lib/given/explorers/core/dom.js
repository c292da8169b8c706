// Elements of the page, and how numbers are written in it.

const FOCUSABLE = "a[href], button, input, select, textarea, [tabindex]";

/**
 * Make an element. One that can be focused keeps its keys from the notebook: without that, "d d" deletes the cell.
 * @param {string} tag
 * @param {Element} parent
 * @param {Object<string, any>} [attributes] properties of the element; `role` and those with a dash become attributes
 * @returns {any} the element
 */
export function make(tag, parent, attributes = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value);
    else element[name] = value;
  }
  if (element.matches(FOCUSABLE)) element.dataset.lmSuppressShortcuts = "true";
  parent.append(element);
  return element;
}

/** Text with `code` in it, as nodes; nothing in it is ever read as HTML. */
export function fill(element, text) {
  element.replaceChildren(
    ...text.split("`").map((part, n) => {
      if (n % 2 === 0) return document.createTextNode(part);
      const code = document.createElement("code");
      code.textContent = part;
      return code;
    }),
  );
}

/**
 * A number as short as it can be read: three digits after the point, a true minus sign, no minus zero.
 * @param {number} value
 * @param {number} [digits]
 */
export function written(value, digits = 3) {
  if (!Number.isFinite(value)) return String(value).replace("-", "−").replace("Infinity", "∞");
  const short = Math.abs(value) >= 1e5 ? value.toExponential(2) : String(Number(value.toFixed(digits)) + 0);
  return short.replace("-", "−").replace("e+", "e");
}

/** A number as a factor: in brackets if it is negative. */
export function factor(value, digits = 3) {
  const text = written(value, digits);
  return text.startsWith("−") ? `(${text})` : text;
}

/** A button that does something. */
export function button(parent, text, action, attributes = {}) {
  const element = make("button", parent, { type: "button", textContent: text, ...attributes });
  element.addEventListener("click", action);
  return element;
}

/**
 * A choice of one among several, with its label.
 * @param {Element} parent
 * @param {string} label
 * @param {string[]} options
 * @param {number} chosen
 * @param {(index: number) => void} action
 * @returns {{ element: HTMLSelectElement, options: (texts: string[]) => void }}
 */
export function choice(parent, label, options, chosen, action) {
  const around = make("label", parent, { className: "course-choice" });
  make("span", around, { textContent: label });
  const element = make("select", around);
  function set(texts) {
    element.replaceChildren();
    for (const text of texts) make("option", element, { textContent: text });
  }
  set(options);
  element.selectedIndex = chosen;
  element.addEventListener("change", () => action(element.selectedIndex));
  return { element, options: set };
}

/**
 * A whole number to type or step with the arrow keys, with its label; it never leaves its range, and what is no number
 * gives way to the one before.
 * @param {Element} parent
 * @param {string} label
 * @param {{ value: number, least: number, most: number }} range
 * @param {(value: number) => void} action
 * @returns {HTMLInputElement}
 */
export function field(parent, label, { value, least, most }, action) {
  const around = make("label", parent, { className: "course-field" });
  make("span", around, { textContent: label });
  const element = make("input", around, { type: "number", min: String(least), max: String(most), step: "1" });
  element.value = String(value);
  let last = element.value;
  element.addEventListener("focus", () => (last = element.value));
  element.addEventListener("input", () => {
    const typed = Math.round(Number(element.value));
    if (element.value === "" || typed < least || typed > most) return;
    last = element.value;
    action(typed);
  });
  element.addEventListener("change", () => {
    const typed = Math.min(most, Math.max(least, Math.round(Number(element.value || last))));
    if (element.value !== String(typed)) {
      element.value = String(typed);
      action(typed);
    }
  });
  return element;
}
