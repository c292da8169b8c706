"""Explorers: things in a notebook to move, draw on and type into, which answer at once.

``explore("kernel_lab")`` opens one. Each is computed in the browser, so that it follows the hand, and lives on in a
saved page; where a kernel is there, a second lane runs the learner's own function on the same input.

**To add an explorer**, write two files in this folder.

``name.py`` holds one class, ``Name``, a child of :class:`core.explorer.Explorer`: its traits are what the script sees
(:class:`core.arrays.Array` for arrays, and ``.tag(sync=True)`` on every other), ``says`` is its one line where there
is no browser, ``functions`` names the learner's functions it may call. Its ``__init__`` takes what a reader may bring,
as keywords with defaults that make a point, and passes arrays through :func:`core.arrays.numbers`.

``name.js`` is an ES module with an ``export default { render }`` and, exported by name, the functions that compute:
its twin of the reference. A widget's script has no address to import from, so :mod:`core.inline` puts the shared
scripts in front of it; the rule, which a browser test keeps, is to import by lines such as
``import { make } from "./core/dom.js";`` alone. What the shared scripts give:

====================  =================================================================================================
``core/dom.js``       ``make`` (every focusable element made by it keeps its keys from the notebook: always use it),
                      ``fill`` for text with ``code``, ``written`` for numbers, ``choice``, ``button``, ``field``
``core/maths.js``     arrays ``{ shape, data }`` and the operations on them
``core/model.js``     ``arrayOf`` and ``keeper`` between traits and arrays
``core/frame.js``     ``frame``: the tools, the panels, the line that says the formula aloud, the lane below it
``core/heatmap.js``   ``heatmap``: an array as coloured cells, a place in it that arrows or the pointer move
``core/marks.js``     what can be drawn over its cells
``core/matrix.js``    ``matrix``: cells that are typed into, scrubbed and dragged
``core/pictures.js``  ``pictures``: the choice of an image, a brush for it, and the drawing that is kept
``core/formula.js``   ``sumOfProducts``: one place spelled out
``core/yours.js``     ``yourCode``: the second lane, for a function that returns (…, H, W)
``core/curves.js``    ``curves``: loss and accuracy over epochs, with a slider that chooses one
``core/line.js``      ``lineToKernel``: the same for any calls, with ``compared`` of ``core/compared.js``
``core/player.js``    ``player``: an axis of time, to scrub or to let run once
``core/volume.js``    volumes: slices, boxes, a kernel that slides along depth; ``core/pile.js`` draws a film and a box
``core/channels.js``  what each channel adds to a filter's map
``core/tiles.js``     ``tiles``: maps (C, H, W) side by side, a place in one of them that arrows or the pointer move
``core/sketch.js``    ``sketch``: an image to draw on with a soft pen, by mouse or keyboard, or to choose
``core/bars.js``      ``bars``: probabilities, one of them chosen
``core/back.js``      ``whenBack``: what to do when the reader comes back from the editor
``core/columns.js``   ``im2col``, and where each entry comes from; ``core/tape.js``: numbers in the order of memory
``core/backward.js``  a convolutional layer's way back, and the slopes that moving its numbers shows
====================  =================================================================================================

Then one line in the table of ``tests/explorer_table.py`` puts it through the tests that hold for all, and
``tests/test_explorers_name.py`` holds its own: the twin against the reference, and its walk by keyboard.
"""

import difflib
import importlib
import inspect
from pathlib import Path

FOLDER = Path(__file__).parent


class UnknownExplorer(LookupError):
    """There is no explorer of this name."""


def names() -> list[str]:
    """Every explorer: a ``.py`` with its ``.js`` beside it."""
    return sorted(path.stem for path in FOLDER.glob("*.js") if path.with_suffix(".py").exists())


def find_explorer(name: str) -> type:
    """The class of an explorer.

    Raises
    ------
    UnknownExplorer
        If there is none of this name.
    """
    if name not in names():
        near = difflib.get_close_matches(str(name), names(), 1)
        instead = f"Do you mean {near[0]!r}?" if near else f"There are {', '.join(names())}."
        raise UnknownExplorer(f"there is no explorer {name!r}. {instead}")
    module = importlib.import_module(f"{__name__}.{name}")
    return getattr(module, "".join(word.capitalize() for word in name.split("_")))


def explore(name: str, **start):
    """Open an explorer.

    Parameters
    ----------
    name : str
        For instance ``"kernel_lab"``.
    **start
        What it starts with, such as your own ``image``; left out, it starts in a state that makes a point.

    Returns
    -------
    Explorer
        Displayed when it is the last expression of a cell.

    Raises
    ------
    UnknownExplorer
        If there is no such explorer.
    TypeError
        If it takes nothing of a name in ``start``.
    ValueError
        If a value cannot be shown; the message says which, why, and what to do.
    """
    explorer = find_explorer(name)
    takes = [parameter for parameter in inspect.signature(explorer.__init__).parameters if parameter != "self"]
    for given in start:
        if given not in takes:
            raise TypeError(f"explore({name!r}) takes no {given!r}; it takes {', '.join(takes) or 'its name only'}.")
    return explorer(**start)
