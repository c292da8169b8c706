// A question in the page: radio buttons, one button, one line that says what came of it. The Python side decides.

// Text with `code` in it, as nodes; nothing in it is ever read as HTML.
function fill(element, text) {
  element.replaceChildren(
    ...text.split("`").map((part, n) => {
      if (n % 2 === 0) return document.createTextNode(part);
      const code = document.createElement("code");
      code.textContent = part;
      return code;
    }),
  );
}

function make(tag, parent, attributes = {}) {
  const element = document.createElement(tag);
  Object.assign(element, attributes);
  parent.append(element);
  return element;
}

// Without this the notebook's own shortcuts see the keys: "d d" in a form would delete the cell.
function keepKeys(element) {
  element.dataset.lmSuppressShortcuts = "true";
}

function render({ model, el }) {
  // A <form> of its own keeps these radio buttons apart from those of every other question in the page.
  const own = make("form", el);
  own.addEventListener("submit", (event) => event.preventDefault());
  const form = make("fieldset", own, { className: "course-form" });
  const legend = make("legend", form);
  make("span", legend, { className: "course-form-kind", textContent: model.get("kind") });
  fill(make("span", legend), model.get("ask"));

  const radios = model.get("options").map((text, index) => {
    const label = make("label", form);
    const radio = make("input", label, { type: "radio", name: "option", value: index });
    keepKeys(radio);
    radio.addEventListener("change", show);
    fill(make("span", label), text);
    return radio;
  });

  const button = make("button", form, { type: "button", textContent: model.get("button") });
  keepKeys(button);
  button.addEventListener("click", () => {
    model.set("chosen", picked());
    model.save_changes();
  });
  const reply = make("p", form, { className: "course-form-reply" });
  reply.setAttribute("aria-live", "polite");

  function picked() {
    return radios.findIndex((radio) => radio.checked);
  }

  function show() {
    const locked = model.get("locked");
    for (const radio of radios) radio.disabled = locked;
    button.disabled = picked() < 0;
    button.hidden = locked;
    fill(reply, model.get("reply"));
    reply.hidden = !model.get("reply");
  }

  function take() {
    const chosen = model.get("chosen");
    radios.forEach((radio, index) => (radio.checked = index === chosen));
    show();
  }

  take();
  model.on("change:chosen", take);
  model.on("change:locked change:reply", show);
  return () => {
    model.off("change:chosen", take);
    model.off("change:locked change:reply", show);
  };
}

export default { render };
