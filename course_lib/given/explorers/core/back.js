// Whoever comes back from the editor sees what the saved file does now.

/**
 * @param {Element} parent something in an explorer
 * @param {() => void} action called when the pointer or the focus comes to that explorer from outside
 */
export function whenBack(parent, action) {
  const root = parent.closest(".course-explorer") ?? parent;
  for (const back of ["pointerenter", "focusin"]) {
    root.addEventListener(back, (event) => root.contains(event.relatedTarget) || action());
  }
}
