"""Checks of edge_kernels: judged by what the kernels answer to, not by their entries."""

import numpy as np

from autograder_tests.judging import Case, Mistake, Part, Spec, View, call

TOP, LEFT, BOTTOM, RIGHT = range(4)
NAMES = ("top", "left", "bottom", "right")


def model(on=frozenset()):
    """edge_kernels, with switches."""
    top = np.array([[-1.0, -1.0, -1.0], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    if "bright_above" in on:
        top = -top
    if "answers_to_brightness" in on:
        top = top + 1.0
    kernels = [top, top.T, top[::-1], top.T[:, ::-1]]
    order = [TOP, LEFT, BOTTOM, RIGHT]
    if "top_for_left" in on:
        order = [LEFT, TOP, RIGHT, BOTTOM]
    if "clockwise" in on:
        order = [TOP, RIGHT, BOTTOM, LEFT]
    if "top_bottom_left_right" in on:
        order = [TOP, BOTTOM, LEFT, RIGHT]
    if "right_bottom_exchanged" in on:
        order = [TOP, LEFT, RIGHT, BOTTOM]
    if "all_the_same" in on:
        order = [TOP] * 4
    if "only_two" in on:
        order = [TOP, LEFT, TOP, LEFT]
    if "no_direction" in on:
        kernels = [np.array([[-1.0, -1.0, -1.0], [-1.0, 8.0, -1.0], [-1.0, -1.0, -1.0]])] * 4
    if "lines" in on:
        line = np.array([[-1.0, -1.0, -1.0], [2.0, 2.0, 2.0], [-1.0, -1.0, -1.0]])
        kernels = [line, line.T, line, line.T]
    return np.stack([kernels[edge] for edge in order])


MISTAKES = (
    Mistake(
        "bright_above",
        "sign",
        "bright and dark were exchanged: each kernel answers to the opposite edge",
        "The top edge of a stroke is dark above and bright below. Which rows should count for, which against?",
    ),
    Mistake(
        "answers_to_brightness",
        "balance",
        "a bright flat area were an edge: the entries of a kernel do not add up to 0",
        "What does your kernel give where all nine pixels are 1?",
    ),
    Mistake(
        "top_for_left",
        "order",
        "rows and columns were exchanged: what should answer to top and bottom answers to left and right",
        "Along which direction does the image change at the top edge?",
    ),
    Mistake(
        "clockwise", "order", "they came in the order top, right, bottom, left", "In which order are they asked for?"
    ),
    Mistake(
        "top_bottom_left_right",
        "order",
        "they came in the order top, bottom, left, right",
        "In which order are they asked for?",
    ),
    Mistake(
        "right_bottom_exchanged",
        "order",
        "they came in the order top, left, right, bottom",
        "In which order are they asked for?",
    ),
    Mistake(
        "no_direction",
        "order",
        "all four were one kernel that answers to any change, whatever its direction",
        "Each edge needs a kernel of its own.",
    ),
    Mistake(
        "lines",
        "order",
        "they answered to bright lines: what lies above an edge weighs as much as what lies below it",
        "At an edge one side is dark and the other bright. Do the outer rows of your kernel have different signs?",
    ),
    Mistake(
        "all_the_same", "order", "all four were the kernel for the top edge", "Each edge needs a kernel of its own."
    ),
    Mistake(
        "only_two",
        "order",
        "bottom and right had the kernels of top and left",
        "What does the kernel for the top edge give at the bottom edge?",
    ),
)

HINTS = (
    "Lay the top edge of a stroke on paper, dark above and bright below: which entries make the sum large?",
    "Entries against the dark side, entries for the bright side, and all nine of them adding up to 0.",
    "The other three are the first one transposed, upside down, and both. np.stack puts them into one array.",
)


def patch(edge, dark, bright, at):
    """A 3×3 piece of a stroke: the given edge lies below row (or right of column) ``at``."""
    lines = np.array([dark if place < at else bright for place in range(3)])
    across = np.repeat(lines[:, None], 3, axis=1)
    return {TOP: across, BOTTOM: across[::-1], LEFT: across.T, RIGHT: across.T[:, ::-1]}[edge]


def seen(part, name, patches):
    view = View("strongest", np.array(patches, float), "the kernel that answers strongest to this patch")
    return Case(part, name, call(), view=view)


def worked():
    for edge, name in enumerate(NAMES):
        yield seen(
            f"{name} edge", f"the {name} edge of a white stroke", [patch(edge, 0.0, 1.0, 1), patch(edge, 0.0, 1.0, 2)]
        )
    yield seen("flat areas", "black, white, and the four edges", [np.zeros((3, 3)), np.ones((3, 3)), *_four(0.0, 1.0)])


def drawn(rng):
    for edge, name in enumerate(NAMES):
        dark, bright = rng.uniform(0, 0.4), rng.uniform(0.6, 1)
        yield seen(
            f"{name} edge",
            f"the {name} edge of a grey stroke",
            [patch(edge, dark, bright, 1), patch(edge, dark, bright, 2)],
        )
    for _ in range(2):
        grey = [np.full((3, 3), rng.uniform(0.2, 1)) for _ in range(2)]
        yield seen(
            "flat areas", "two greys, and the four edges", [*grey, *_four(rng.uniform(0, 0.4), rng.uniform(0.6, 1))]
        )


def _four(dark, bright):
    return [patch(edge, dark, bright, 1) for edge in range(4)]


SPEC = Spec(
    parts=(
        Part("top edge", 1),
        Part("left edge", 1),
        Part("bottom edge", 1),
        Part("right edge", 1),
        Part("flat areas", 1),
    ),
    worked=worked,
    drawn=drawn,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
)
