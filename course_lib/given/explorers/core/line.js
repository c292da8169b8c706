// The line to the kernel: an explorer asks for calls of the learner's functions, and hears what came of them.

const PATIENCE = 8000; // milliseconds; a kernel that says nothing for so long is busy or gone
const SILENT = "No kernel answers. If a cell is running, wait for it; else run this explorer's cell again.";

let number = 0; // of the last question, of whatever line: an answer comes to all lines of its model

/** @typedef {{ name: string, args: any[], kwargs?: Object<string, any> }} Call arrays, numbers, lists of numbers */

/**
 * The line to the kernel. One question is under way at a time; of those that come meanwhile, the newest is asked next.
 * @param {any} model
 * @returns {(calls: Call[], answered: (answers: any[]) => void) => void}
 *   without a kernel nothing is asked or answered; each answer is `{ value }`, with arrays, numbers, lists and objects in
 *   it, or `{ sentence }`
 */
export function lineToKernel(model) {
  let asked = null;
  let waiting = null;
  let patience = 0;

  function ask(question) {
    if (asked) {
      waiting = question;
      return;
    }
    asked = { ...question, id: ++number };
    const buffers = [];
    const calls = question.calls.map(({ name, args, kwargs = {} }) => ({
      function: name,
      args: args.map((value) => pack(value, buffers)),
      kwargs,
    }));
    model.send({ kind: "yours", id: asked.id, calls }, undefined, buffers);
    patience = setTimeout(() => done([{ sentence: SILENT }]), PATIENCE);
  }

  function done(answers) {
    clearTimeout(patience);
    const { answered } = asked;
    asked = null;
    if (waiting) {
      const next = waiting;
      waiting = null;
      ask(next);
    } else answered(answers);
  }

  if (typeof model.send !== "function") return () => {}; // a saved page
  model.on("msg:custom", (message, buffers = []) => {
    if (message.kind !== "yours" || !asked || message.id !== asked.id) return;
    done(message.answers.map((answer) => ("value" in answer ? { value: unpack(answer.value, buffers) } : answer)));
  });
  return (calls, answered) => ask({ calls, answered });
}

function pack(value, buffers) {
  if (!value || !value.data || !value.shape) return value;
  buffers.push(new DataView(Float64Array.from(value.data).buffer));
  return { array: buffers.length - 1, shape: value.shape };
}

function unpack(value, buffers) {
  if (value && value.tuple) return value.tuple.map((part) => unpack(part, buffers));
  if (value && value.dict) {
    return Object.fromEntries(Object.entries(value.dict).map(([name, part]) => [name, unpack(part, buffers)]));
  }
  if (!value || value.array === undefined) return value;
  const { buffer, byteOffset, byteLength } = buffers[value.array];
  return { shape: value.shape, data: new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength)) };
}
