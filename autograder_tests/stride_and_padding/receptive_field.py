"""Checks of receptive_field: how much of the input one output sees, how far apart neighbours look, and from where."""

from autograder_tests.judging import REFUSES, Case, Law, Mistake, Part, Spec, Term, call, laws

GROWTH = {
    "window_added_whole": lambda k, stride, padding, jump: k * jump,
    "jump_forgotten": lambda k, stride, padding, jump: k - 1,
    "own_stride_first": lambda k, stride, padding, jump: (k - 1) * jump * stride,
    "own_stride_only": lambda k, stride, padding, jump: (k - 1) * stride,
    "padding_widens": lambda k, stride, padding, jump: (k - 1 + 2 * padding) * jump,
}
MOVES = {
    "start_always_zero": lambda padding, jump, stride: 0,
    "padding_not_scaled": lambda padding, jump, stride: padding,
    "padding_scaled_by_own_stride": lambda padding, jump, stride: padding * jump * stride,
    "padding_at_both_ends": lambda padding, jump, stride: 2 * padding * jump,
    "padding_moves_on": lambda padding, jump, stride: -padding * jump,
}
JUMPS = {
    "jumps_added": lambda jump, stride: jump + stride,
    "last_stride_only": lambda jump, stride: stride,
    "jump_always_one": lambda jump, stride: 1,
}


def model(layers, on=frozenset()):
    """receptive_field, with switches."""
    size, jump, start = 1, 1, 0
    if "windows_multiplied" in on:
        return multiplied(layers)
    if "begins_with_size_zero" in on:
        size = 0
    if "layers_reversed" in on:
        layers = layers[::-1]
    if "last_layer_left_out" in on:
        layers = layers[:-1]
    if "first_layer_left_out" in on:
        layers = layers[1:]
    before_last = 1
    for k, stride, padding in layers:
        if "unit_window_skipped" in on and k == 1:
            continue
        growth, moved, before_last = (k - 1) * jump, padding * jump, jump
        for switch in sorted(on & GROWTH.keys()):
            growth = GROWTH[switch](k, stride, padding, jump)
        for switch in sorted(on & MOVES.keys()):
            moved = MOVES[switch](padding, jump, stride)
        size, start = size + growth, start - moved
        following = jump * stride
        for switch in sorted(on & JUMPS.keys()):
            following = JUMPS[switch](jump, stride)
        jump = following
    if "jump_before_last" in on:
        jump = before_last
    if "middle_for_start" in on:
        start = start + (size - 1) / 2
    return size, jump, start


def multiplied(layers):
    """Sizes and strides multiplied from layer to layer."""
    size, jump, start = 1, 1, 0
    for k, stride, padding in layers:
        size, start, jump = size * k, start - padding * jump, jump * stride
    return size, jump, start


MISTAKES = (
    Mistake(
        "window_added_whole",
        "size",
        "a layer added its whole window to the field",
        "A window of 1 sees what the layer before it sees. By how much may it widen the field?",
    ),
    Mistake(
        "jump_forgotten",
        "size",
        "strides did not widen the fields of the layers after them",
        "After a stride of 2, how far apart in the input are two neighbours?",
    ),
    Mistake(
        "own_stride_first",
        "size",
        "a layer's own stride widened its own window",
        "A window of 2 with stride 2 on the input: how many pixels does it see?",
    ),
    Mistake(
        "own_stride_only",
        "size",
        "only a layer's own stride counted for the width of its window",
        "Which strides lie between the input and this layer's window?",
    ),
    Mistake(
        "padding_widens",
        "size",
        "padding widened the field",
        "With padding the output has more entries. Does each of them see more?",
    ),
    Mistake(
        "windows_multiplied",
        "size",
        "the windows were multiplied, not joined",
        "Two windows of 3 at stride 1, one on the other: draw the pixels that the upper one sees.",
    ),
    Mistake(
        "begins_with_size_zero",
        "beginning",
        "a pixel of the input saw nothing, not even itself",
        "Without any layer, how many pixels does one pixel see?",
    ),
    Mistake(
        "layers_reversed",
        "order",
        "the layers came in reverse order",
        "Which layer lies on the input: the first of the list, or the last?",
    ),
    Mistake("last_layer_left_out", "order", "the last layer were not there", "How often does your loop run?"),
    Mistake("first_layer_left_out", "order", "the first layer were not there", "How often does your loop run?"),
    Mistake(
        "unit_window_skipped",
        "skipped",
        "a layer with a window of 1 did nothing",
        "A window of 1 with stride 2 widens nothing. What about the layers after it?",
    ),
    Mistake(
        "start_always_zero",
        "start",
        "there were no padding",
        "Where in the input does the first window begin when the layer pads?",
    ),
    Mistake(
        "padding_not_scaled",
        "start",
        "a padded pixel were always one pixel of the input wide",
        "After a stride of 2, how many pixels of the input does one step cover?",
    ),
    Mistake(
        "padding_scaled_by_own_stride",
        "start",
        "a layer's own stride had already widened the pixels that it pads",
        "The padding lies in front of the layer's window. Has the window stepped yet?",
    ),
    Mistake(
        "padding_at_both_ends",
        "start",
        "the padding at the far end moved the beginning, too",
        "Which end of the padding comes before the first pixel?",
    ),
    Mistake(
        "padding_moves_on",
        "start",
        "padding moved the field on instead of back",
        "The first output of a padded layer sees what comes before pixel 0.",
    ),
    Mistake(
        "middle_for_start",
        "place",
        "the middle of the field were asked for, not its first pixel",
        "Which pixel of the field does the contract ask for?",
    ),
    Mistake(
        "jumps_added",
        "jump",
        "the jumps were added from layer to layer, not multiplied",
        "Stride 2 upon stride 2: how many pixels from one output to the next?",
    ),
    Mistake(
        "last_stride_only",
        "jump",
        "only the stride of the layer before counted for a jump",
        "Stride 2 upon stride 2: how many pixels from one output to the next?",
    ),
    Mistake("jump_always_one", "jump", "every stride were 1", "Where does the stride enter?"),
    Mistake(
        "jump_before_last",
        "last jump",
        "the stride of the last layer did not count for the jump that is returned",
        "How far apart do neighbouring outputs of the last layer look?",
    ),
)

HINTS = (
    "Draw one row of pixels, and a window of 3 upon a window of 3. Which pixels does the uppermost output see?",
    "Keep three numbers as you go: how wide a field is, how far apart two of them lie, where the first begins.",
    "Every layer makes the field wider by (k - 1) jumps. Only after that does its stride make the jump longer.",
)


def worked():
    yield Case("one layer", "a window of 3", call([(3, 1, 0)]))
    yield Case("one layer", "a window of 3 in steps of 2", call([(3, 2, 0)]))
    yield Case("one layer", "no layer at all", call([]))
    yield Case("stacks", "two windows of 3", call([(3, 1, 0), (3, 1, 0)]))
    yield Case("stacks", "3, pooled by 2, 3, pooled by 2", call([(3, 1, 0), (2, 2, 0), (3, 1, 0), (2, 2, 0)]))
    yield Case("stacks", "a window of 1 in steps of 2, then one of 3", call([(1, 2, 0), (3, 1, 0)]))
    yield Case("padding", "a window of 3, padded", call([(3, 1, 1)]))
    yield Case("padding", "two of them, the first in steps of 2", call([(3, 2, 1), (3, 1, 1)]))


def drawn(rng):
    def layers(count, padded=False):
        return [
            (int(rng.integers(2, 7)), int(rng.integers(2, 5)), int(rng.integers(1, 4)) if padded else 0)
            for _ in range(count)
        ]

    for _ in range(3):
        yield Case("one layer", "drawn numbers", call(layers(1)))
    for count in (2, 2, 3, 4, 5):
        yield Case("stacks", f"{count} layers of drawn numbers", call(layers(count)))
    yield Case("stacks", "a window of 1 in the middle", call([*layers(1), (1, 3, 0), *layers(1)]))
    yield Case("stacks", "stride 1 in the middle", call([*layers(1), (5, 1, 0), *layers(1)]))
    for count in (1, 2, 2, 3, 4):
        yield Case("padding", f"{count} layers of drawn numbers", call(layers(count, padded=True)))
    yield Case("padding", "a padded window of 1 first", call([(1, 2, 2), *layers(2, padded=True)]))
    yield Case("padding", "padding in the last layer only", call([*layers(2), *layers(1, padded=True)]))


def exact(rng):
    one, other = ((int(k), int(s), int(p)) for k, s, p in rng.integers((2, 2, 1), (7, 5, 4), (2, 3)))
    yield laws.equals(
        "stacks", "two windows of 3 at stride 1 see as much as one of 5", call([(3, 1, 0)] * 2), (5, 1, 0)
    )
    yield laws.cancels(
        "stacks",
        "a window of 1 at stride 1 changes nothing",
        (1.0, call([(*one[:2], 0), (1, 1, 0), (*other[:2], 0)]), ()),
        (-1.0, call([(*one[:2], 0), (*other[:2], 0)]), ()),
    )
    yield laws.cancels(
        "padding",
        "padding changes neither the size nor the jump",
        (1.0, call([one, other]), slice(0, 2)),
        (-1.0, call([(*one[:2], 0), (*other[:2], 0)]), slice(0, 2)),
    )
    yield Law(
        "padding",
        'of an odd window at stride 1 with "same" padding, output 0 looks at pixel 0 with its middle',
        (Term(2.0, call([(7, 1, 3)]), 2), Term(1.0, call([(7, 1, 3)]), 0)),
        1.0,
    )


def refused():
    yield Case(REFUSES, "a window without pixels", call([(0, 1, 0)]))
    yield Case(REFUSES, "stride 0", call([(3, 1, 0), (3, 0, 0)]))
    yield Case(REFUSES, "negative padding", call([(3, 1, -1)]))


SPEC = Spec(
    parts=(Part("one layer", 1), Part("stacks", 2), Part("padding", 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "there is one layer": lambda layers: len(layers) == 1,
        "all strides are 1": lambda layers: all(stride == 1 for _, stride, _ in layers),
        "nothing is padded": lambda layers: all(padding == 0 for _, _, padding in layers),
        "there are at most two layers": lambda layers: len(layers) <= 2,
    },
)
