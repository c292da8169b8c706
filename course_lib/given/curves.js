// The curves of a run under the cell that trains it. Python only tells.

import { curves } from "./explorers/core/curves.js";

function render({ model, el }) {
  const { show } = curves(el, { name: model.get("name") });
  let waiting = 0;

  function draw() {
    waiting = 0;
    show(model.get("progress"));
  }

  // Many messages, one picture a frame.
  const soon = () => (waiting ||= requestAnimationFrame(draw));
  draw();
  model.on("change:progress", soon);
  return () => {
    cancelAnimationFrame(waiting);
    model.off("change:progress", soon);
  };
}

export default { render };
