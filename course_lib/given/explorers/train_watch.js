// TrainWatch: a training run under the hand, epoch by epoch, forwards and back.

import { button, field, fill, make } from "./core/dom.js";
import { confusionTable, rightOf, worstOf } from "./core/confusion.js";
import { curves, percent, read } from "./core/curves.js";
import { entryOf, filterRow } from "./core/filters.js";
import { reach } from "./core/maths.js";
import { arrayOf } from "./core/model.js";
import { frame } from "./core/frame.js";
import { rateControl, writtenRate } from "./core/rate.js";

const MOST = 1000;
const PATIENCE = 4000; // milliseconds; a kernel that says nothing for so long is busy or gone
const LONG = 30000;
const SLOW =
  "This epoch has been running for half a minute. If it never ends, restart the kernel: all epochs before it are kept.";
const SILENT =
  "The kernel has not heard it yet. If a cell is running, it will afterwards; else run this explorer's cell again.";
const TASK =
  "Press `train` and change the learning rate while it trains: it acts from the next epoch on. " +
  "Scrub back with the slider under the curves.";
const LOOK =
  "Scrub through the epochs with the slider under the curves. A dotted line says where a hand changed the rate.";

/** What is said of an epoch: the curves in numbers, the rate, and the accuracy as a fraction of counts. */
export function formula(progress, epoch, confusion) {
  const { rates, by_hand: byHand } = progress;
  const { right, all } = confusion ? rightOf(confusion) : { right: 0, all: 0 };
  const often = confusion ? worstTold(worstOf(confusion), all - right) : "";
  const share = all ? `accuracy = ${right} / ${all} = ${percent(right / all)}${often}` : "";
  if (!epoch) return `Before the first epoch: ${share || "nothing has been seen yet"}.`;
  const rate = `rate ${writtenRate(rates[epoch - 1])}, ${byHand[epoch - 1] ? "set by hand" : "as planned"}`;
  return `${read(progress, epoch)}\n${rate}${share ? `; ${share}` : ""}.`;
}

function worstTold(worst, mistakes) {
  if (!worst) return ", without a mistake";
  if (mistakes === 1) return `; the only mistake: ${worst.is} was read as ${worst.read}`;
  return `; most often ${worst.is} was read as ${worst.read}, ${worst.times} of the ${mistakes} mistakes`;
}

function render({ model, el }) {
  const alive = model.get("alive") && typeof model.send === "function";
  const { root, tools, stage, under, lane, say } = frame(el, { title: model.get("title"), task: alive ? TASK : LOOK });
  const told = root.querySelector(".course-explorer-formula");
  const wrong = make("p", lane, { className: "course-yours-says", "aria-live": "polite" });
  let progress = model.get("progress");
  let looks = null;
  let { held, goal } = progress;
  let training = false;
  let waiting = 0;
  let patience = 0;

  const train = button(tools, "train", () => (training ? pause() : start()), { className: "train-watch-train" });
  field(tools, "until epoch", { value: goal, least: 1, most: MOST }, (epochs) => ask("goal", (goal = epochs)));
  const rate = rateControl(tools, (wanted) => {
    held = wanted;
    rate.show(held, progress.planned);
    ask("rate", held);
  });
  const anew = button(tools, "begin anew", beginAnew);
  anew.addEventListener("blur", () => (anew.textContent = "begin anew"));
  tools.hidden = !alive;
  const history = curves(stage, { name: model.get("name"), first: 0, shows: showEpoch });
  history.line.hidden = true;
  const rows = make("div", under, { className: "train-watch-rows" });
  const [filters, begun] = [filterRow(rows), filterRow(rows)];
  const confusion = confusionTable(under, "validation images");

  function showAll() {
    waiting = 0;
    progress = { ...model.get("progress"), goal };
    const [stack, counts] = [arrayOf(model, "filters"), arrayOf(model, "confusion")];
    looks = stack && { stack, counts, most: reach(stack), first: progress.loss.length + 1 - stack.shape[0] };
    history.show(training ? { ...progress, state: "training" } : progress);
    if (alive) rate.show(held, progress.planned);
    train.disabled = !training && progress.loss.length >= goal;
  }

  function showEpoch(epoch, byHand) {
    const at = looks ? epoch - looks.first : -1;
    const seen = at >= 0 && at < looks?.stack.shape[0];
    const counts = seen && looks.counts.shape[1] ? entryOf(looks.counts, at) : null;
    rows.hidden = !seen || !looks.stack.shape[1];
    confusion.element.hidden = !counts;
    if (!rows.hidden) {
      filters.show(
        entryOf(looks.stack, at),
        looks.most,
        epoch ? `first filters after epoch ${epoch}` : "first filters",
      );
      begun.show(
        entryOf(looks.stack, 0),
        looks.most,
        looks.first ? `after epoch ${looks.first}` : "before the training",
      );
    }
    if (counts) confusion.show(counts);
    told.setAttribute("aria-live", training && !byHand ? "off" : "polite"); // not sixty times while it trains
    say(formula(progress, epoch, counts));
  }

  function ask(kind, value = null) {
    clearTimeout(patience);
    if (kind === "train" || !training) patience = setTimeout(() => fill(wrong, `• ${SILENT}`), PATIENCE);
    model.send({ kind, value });
  }

  function start() {
    training = true;
    train.textContent = "pause";
    ask("train");
  }

  function pause() {
    training = false;
    train.textContent = "train";
    showAll();
  }

  function beginAnew() {
    const epochs = progress.loss.length;
    const sure = anew.textContent !== "begin anew";
    anew.textContent = sure ? "begin anew" : `delete ${epochs} epochs?`;
    if (!sure) return;
    pause();
    held = null;
    ask("forget");
  }

  function heard({ kind, asked, wrong: sentence, epochs }) {
    clearTimeout(patience);
    if (kind === "heard") fill(wrong, "");
    if (kind === "begun") patience = setTimeout(() => fill(wrong, `• ${SLOW}`), LONG);
    if (kind !== "done") return;
    fill(wrong, sentence ? `• ${sentence}` : "");
    if (asked !== "train" || !training) showAll();
    else if (sentence || epochs >= goal) pause();
    else ask("train");
  }

  const soon = () => (waiting ||= requestAnimationFrame(showAll)); // many messages, one picture a frame
  showAll();
  for (const name of ["progress", "filters", "confusion"]) model.on(`change:${name}`, soon);
  model.on("msg:custom", heard);
  return () => {
    training = false;
    clearTimeout(patience);
    cancelAnimationFrame(waiting);
  };
}

export default { render };
