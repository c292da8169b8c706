"""The widgets of an executed notebook, as a page needs them: each script once, each state with its bytes in text."""

import hashlib

from nbformat import NotebookNode

from course_lib.given.forms import replies

SCRIPT, STYLE = "_esm", "_css"
VIEW = "application/vnd.jupyter.widget-view+json"
STATES = "application/vnd.jupyter.widget-state+json"


def page_widgets(manager_state: dict) -> dict:
    """What ``host.js`` opens.

    Parameters
    ----------
    manager_state : dict
        The notebook's ``metadata.widgets["application/vnd.jupyter.widget-state+json"]``, or what
        ``ipywidgets.embed.embed_data`` calls ``manager_state``.

    Returns
    -------
    dict
        ``{"texts": {key: script or style}, "models": {id: {"script", "style", "state", "buffers"}}}``; models without
        a script of their own, such as layouts, are left out. A form has ``"replies"`` too: what Python would say.
    """
    texts: dict[str, str] = {}
    models = {}
    for identity, model in manager_state["state"].items():
        state = dict(model["state"])
        if SCRIPT not in state:
            continue
        script, style = (_once(state.pop(name, ""), texts) for name in (SCRIPT, STYLE))
        shown = {name: value for name, value in state.items() if not name.startswith("_") and name != "layout"}
        models[identity] = {"script": script, "style": style, "state": shown, "buffers": model.get("buffers", [])}
        if "question" in shown:
            said = replies(shown["kind"], shown["question"])
            models[identity]["replies"] = [{"locked": locked, "reply": reply} for locked, reply in said]
    return {"texts": texts, "models": models}


def take_widgets(book: NotebookNode) -> dict:
    """The widgets of a notebook, for its page; views of those that need a kernel leave only their description."""
    widgets = page_widgets(book.metadata.get("widgets", {}).get(STATES, {"state": {}}))
    for cell in book.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if VIEW in data and data[VIEW]["model_id"] not in widgets["models"]:
                del data[VIEW]
    return widgets


def _once(text: str, texts: dict[str, str]) -> str:
    key = hashlib.sha256(text.encode()).hexdigest()[:12]
    texts[key] = text
    return key
