"""One module text from several: an explorer's script with the shared scripts that it imports.

A widget's script is one text, with no address from which it could import anything. So the shared scripts are put in
front of it, each once and before whatever uses it. The rule is small, and a script that keeps to it also runs as it
is written, as an ES module among others:

- ``import { a, b } from "./core/x.js";`` is the only form of import, and stands at the beginning of a line;
- ``export`` stands at the beginning of a line, before a ``function``, ``const`` or ``class``; an explorer itself also
  has its ``export default``.

A shared script becomes a function that is called once and returns its exports, so that what it does not export stays
its own. The import becomes a destructuring of that. Nothing else in the text is touched.
"""

import os.path
import re
from pathlib import Path

IMPORT = re.compile(r'^import \{([\w\s,]+)\} from "(\.{1,2}/[\w./-]+\.js)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def inline(script: Path) -> str:
    """The text of ``script`` with all that it imports, as one ES module.

    Raises
    ------
    ValueError
        If a script does not keep to the rule, or scripts import each other in a circle.
    FileNotFoundError
        If it imports what is not there.
    """
    shared: dict[Path, str] = {}
    text = _resolved(script, script.parent, shared, [script])
    return "const shared = {};\n" + "\n".join([*shared.values(), text]) if shared else text


def _resolved(script: Path, home: Path, shared: dict[Path, str], path: list[Path]) -> str:
    """The text of a script, its imports replaced; what they need is added to ``shared`` first."""

    def taken(found: re.Match) -> str:
        target = Path(os.path.normpath(script.parent / found[2]))
        if target in path:
            raise ValueError(f"{script.name} imports {target.name}, which imports {script.name} in turn; part them.")
        if target not in shared:
            shared[target] = _wrapped(target, home, shared, [*path, target])
        return f"const {{{found[1]}}} = shared[{_name(target, home)}];"

    text = IMPORT.sub(taken, script.read_text(encoding="utf-8"))
    for line in OTHER.findall(text):
        if line.startswith("import") or not (EXPORT.match(line) or line.startswith("export default")):
            raise ValueError(f'{script.name}: "{line}" cannot be inlined; write import {{ name }} from "./file.js";')
    return text


def _wrapped(script: Path, home: Path, shared: dict[Path, str], path: list[Path]) -> str:
    text = _resolved(script, home, shared, path)
    if "\nexport default" in text:
        raise ValueError(f"{script.name} is shared, and export default is for explorers; export a name.")
    names = ", ".join(EXPORT.findall(text))
    return f"shared[{_name(script, home)}] = (() => {{\n{EXPORT.sub('', text)}\nreturn {{ {names} }};\n}})();"


def _name(script: Path, home: Path) -> str:
    return f'"{os.path.relpath(script, home)}"'
