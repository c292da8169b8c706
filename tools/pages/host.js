// What stands in for Jupyter in a saved page: it opens widgets from their states. Nothing is fetched, nobody is asked.
// A model has no `send`, for there is no kernel; what Python would say to a form was written down with the page.

/** A widget's model: it keeps what is set, and tells its listeners what has changed. */
class Model {
  #state;
  #listeners = new Map();

  /** @param {Object<string, any>} state */
  constructor(state) {
    this.#state = state;
  }

  get(name) {
    return this.#state[name];
  }

  set(name, value) {
    const given = typeof name === "string" ? { [name]: value } : name;
    const changed = Object.keys(given).filter((key) => this.#state[key] !== given[key]);
    Object.assign(this.#state, given);
    for (const key of changed) this.#tell(`change:${key}`, given[key]);
    if (changed.length > 0) this.#tell("change");
  }

  save_changes() {}

  on(events, listener) {
    for (const event of events.split(" ")) this.#listeners.set(event, [...this.#of(event), listener]);
  }

  off(events, listener) {
    for (const event of events.split(" ")) {
      this.#listeners.set(event, this.#of(event).filter((other) => other !== listener));
    }
  }

  #of(event) {
    return this.#listeners.get(event) ?? [];
  }

  #tell(event, value) {
    for (const listener of this.#of(event)) listener(this, value);
  }
}

/** A state with its bytes, which came as text, back in their places. */
function withBytes(state, buffers) {
  const whole = structuredClone(state);
  for (const { path, data } of buffers) {
    const holder = path.slice(0, -1).reduce((inner, key) => inner[key], whole);
    holder[path.at(-1)] = new DataView(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)).buffer);
  }
  return whole;
}

/** Let a choice in one form reach all forms about the same question, each with the reply that Python would give. */
function rehearse(saved, models) {
  const forms = Object.keys(saved).filter((identity) => saved[identity].replies);
  for (const identity of forms) {
    const { question } = saved[identity].state;
    models[identity].on("change:chosen", (form, chosen) => {
      for (const other of forms.filter((other) => saved[other].state.question === question)) {
        models[other].set({ chosen, ...saved[other].replies[chosen + 1] });
      }
    });
  }
}

/** The module of each script, read once however many widgets share it; their style sheets come along. */
function modulesOf(texts, saved) {
  const modules = {};
  for (const { script, style } of Object.values(saved)) {
    if (modules[script]) continue;
    modules[script] = import(URL.createObjectURL(new Blob([texts[script]], { type: "text/javascript" })));
    document.head.appendChild(document.createElement("style")).textContent = texts[style];
  }
  return modules;
}

/** Open every widget of the page: an element with `data-widget` shows the model of that name. */
async function openAll({ texts, models: saved }) {
  const modules = modulesOf(texts, saved);
  const models = Object.fromEntries(
    Object.entries(saved).map(([identity, { state, buffers }]) => [identity, new Model(withBytes(state, buffers))]),
  );
  rehearse(saved, models);
  const open = async (place) => {
    const { script } = saved[place.dataset.widget];
    const model = models[place.dataset.widget];
    const widget = (await modules[script]).default;
    const el = document.createElement("div");
    await widget.initialize?.({ model });
    place.replaceChildren(el);
    await widget.render({ model, el });
  };
  const opened = await Promise.allSettled([...document.querySelectorAll("[data-widget]")].map(open));
  for (const { reason } of opened) if (reason) console.error(reason);
  document.documentElement.dataset.widgets = "opened";
}

openAll(JSON.parse(document.getElementById("widgets").textContent));
