// NetScope: a whole LeNet-5 at work on a digit that is drawn, down to any neuron's sum.

import { bars } from "./core/bars.js";
import { button, choice, fill, make, written } from "./core/dom.js";
import { frame } from "./core/frame.js";
import { forward, parametersOf, without } from "./core/lenet.js";
import { reach } from "./core/maths.js";
import { arrayOf, keeper } from "./core/model.js";
import { incoming, seenBy } from "./core/neuron.js";
import { formula, mutable, named, reading, sees } from "./core/networds.js";
import { sketch } from "./core/sketch.js";
import { sumPanel } from "./core/sum.js";
import { tiles } from "./core/tiles.js";
import { yourNet } from "./core/yournet.js";

const WIDTH = 540;
const TILES = { conv1: 84, pool1: 56, conv2: 60, pool2: 30, fc1: 8, fc2: 8 }; // CSS pixels along a map
const MUTES = { conv1: "conv1", pool1: "conv1", conv2: "conv2", pool2: "conv2", fc1: "fc1", fc2: "fc2" };
const TASK =
  "Draw on the image: press and drag, or arrows, and space to put the pen down and lift it. " +
  "Click a neuron in any layer, or Tab to a layer and use the arrows; page up and down change the map. " +
  "`m` mutes the chosen map or unit: it gives 0 then.";

function render({ model, el }) {
  const keep = keeper(model);
  const { tools, stage, under, lane, say } = frame(el, { title: model.get("title"), task: TASK });
  const parameters = parametersOf(arrayOf(model, "weights"), model.get("shapes"));
  const kind = { padding: model.get("padding"), pooling: model.get("pooling") };
  let place = model.get("neuron");
  let muted = model.get("muted");
  let changes = false; // whether the layers show what muting changed

  const left = make("div", stage);
  const drawing = sketch(tools, left, model, { size: 252, keep, changed: draw });
  choice(tools, "layers show", ["what they give", "what muting changed"], 0, (index) => {
    changes = index === 1;
    draw();
  });
  const pooling = `Pooling takes the ${kind.pooling === "max" ? "maximum" : "mean"}.`;
  make("span", tools, { className: "course-net-source", textContent: `${model.get("source")} ${pooling}` });
  const beliefs = bars(left, {
    title: "probabilities",
    marked: "line: nothing muted",
    count: 10,
    chooses: (unit) => choose(["fc3", unit]),
  });
  const right = make("div", stage, { className: "course-net-layers" });
  const layers = Object.entries(TILES).map(([name, tile]) => {
    const title = `${name}, ${name.startsWith("pool") ? kind.pooling : "relu"}`;
    const chooses = (map, row, column) => choose(name.startsWith("fc") ? [name, map] : [name, map, row, column]);
    return [name, tiles(right, { title, tile, width: WIDTH, chooses, keys: (key) => key === "m" && mute() })];
  });

  const head = make("div", under, { className: "course-net-head" });
  const heading = make("strong", head);
  const muteButton = button(head, "", mute);
  const unmuteAll = button(head, "unmute all", () => takeMuted([]));
  const told = make("span", head, { className: "course-net-reads", "aria-live": "polite" });
  const showSum = sumPanel(under);
  const yours = yourNet(lane, model, kind);

  function draw() {
    const image = drawing.image();
    const now = forward(without(parameters, muted), image, kind);
    const before = muted.length ? forward(parameters, image, kind) : now;
    const inside = incoming(now, parameters, kind, place);
    const field = seenBy(parameters, kind.padding, place);
    drawing.show(field ? [field] : []);
    for (const [name, layer] of layers) drawLayer(name, layer, now, before, inside);
    const reads = reading(now.probabilities.data, before.probabilities.data, muted);
    beliefs.show(now.probabilities.data, {
      before: muted.length ? before.probabilities.data : null,
      place: place[0] === "fc3" ? place[1] : null,
      label: reads,
    });
    fill(told, reads);
    drawNeuron(inside, now, sees(field, image.shape));
    yours(image, muted, now);
  }

  function drawLayer(name, layer, now, before, inside) {
    const values = changes ? minus(now[name], before[name]) : now[name];
    const most = reach(values);
    const ends = changes ? `dark −${written(most, 2)}, light ${written(most, 2)}` : `white is ${written(most, 2)}`;
    const chosen = place[0] === name ? [...place.slice(1), 0, 0].slice(0, 3) : null;
    const seen = inside.source === name && inside.window ? [...Array(values.shape[0]).keys()] : [];
    layer.show(values, {
      signed: changes,
      most,
      place: chosen,
      muted: muted.filter(([where]) => MUTES[name] === where).map(([, index]) => index),
      marks: seen.filter((map) => inside.map === null || inside.map === map).map((map) => ({ map, ...inside.window })),
      note: `${values.shape.join(" × ")} · ${ends}`,
      label: chosen ? `${named(place)}: ${written(at(now[name], chosen))}.` : "",
    });
  }

  function drawNeuron(inside, now, field) {
    const [layer, index] = place;
    const filter = MUTES[layer];
    const silent = muted.some(([where, which]) => where === filter && which === index);
    heading.textContent = named(place);
    muteButton.disabled = !filter;
    muteButton.textContent = filter ? `${silent ? "unmute" : "mute"} ${mutable([filter, index])}` : "mute";
    unmuteAll.disabled = !muted.length;
    const inputs = { title: `inputs, from ${inside.source}`, values: inside.inputs, most: reach(now[inside.source]) };
    const weights = layer.startsWith("pool") ? `${kind.pooling}, as weights` : "weights";
    showSum(inputs, { title: weights, values: inside.weights });
    const ends = silent && filter === layer ? "\nIt is muted: 0 goes on from here." : "";
    say(`${formula(place, inside, now, kind.pooling)}${ends}\n${field}`);
  }

  function choose(chosen) {
    place = chosen;
    draw();
    keep({ neuron: place });
  }

  function mute() {
    const [layer, index] = [MUTES[place[0]], place[1]];
    if (!layer) return;
    const others = muted.filter(([where, which]) => where !== layer || which !== index);
    takeMuted(others.length < muted.length ? others : [...muted, [layer, index]]);
  }

  function takeMuted(taken) {
    muted = taken;
    draw();
    keep({ muted });
  }

  draw();
}

function minus(a, b) {
  return { shape: a.shape, data: a.data.map((value, n) => value - b.data[n]) };
}

const at = ({ shape: [, H = 1, W = 1], data }, [map, row, column]) => data[(map * H + row) * W + column];

export default { render };
