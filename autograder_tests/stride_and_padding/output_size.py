"""Checks of output_size: how many places a kernel finds along one axis."""

import math

from autograder_tests.judging import REFUSES, Case, Mistake, Part, Spec, call, laws

SPANS = {
    "dilation_forgotten": lambda k, d: k,
    "dilation_times_kernel": lambda k, d: k * d,
    "dilation_as_gaps": lambda k, d: (k - 1) * (d + 1) + 1,
    "dilation_added": lambda k, d: k + d - 1,
}
LENGTHS = {
    "padding_forgotten": lambda n, p: n,
    "padding_once": lambda n, p: n + p,
    "padding_taken_away": lambda n, p: n - 2 * p,
}
COUNTS = {
    "one_short": lambda rest, s: rest // s,
    "one_too_many": lambda rest, s: rest // s + 2,
    "one_before_dividing": lambda rest, s: (rest + 1) // s,
    "stride_forgotten": lambda rest, s: rest + 1,
    "stride_taken_away": lambda rest, s: rest - s + 2,
    "rounded_up": lambda rest, s: math.ceil(rest / s) + 1,
    "rounded": lambda rest, s: round(rest / s) + 1,
    "fraction": lambda rest, s: rest / s + 1,
    "float": lambda rest, s: float(rest // s + 1),
}


def model(n, k, stride=1, padding=0, dilation=1, on=frozenset()):
    """output_size, with switches."""
    if "stride_and_dilation_exchanged" in on:
        stride, dilation = dilation, stride
    if "kernel_and_stride_exchanged" in on:
        k, stride = stride, k
    span, padded = dilation * (k - 1) + 1, n + 2 * padding
    for switch in sorted(on & SPANS.keys()):
        span = SPANS[switch](k, dilation)
    for switch in sorted(on & LENGTHS.keys()):
        padded = LENGTHS[switch](n, padding)
    if "stride_shortens_input" in on:
        padded, stride = padded // stride, 1
    if span > padded:
        raise ValueError("it fits nowhere")
    if "as_long_as_input" in on:
        return math.ceil(n / stride)
    for switch in sorted(on & COUNTS.keys()):
        return COUNTS[switch](padded - span, stride)
    return (padded - span) // stride + 1


MISTAKES = (
    Mistake(
        "dilation_forgotten",
        "span",
        "the dilation were always 1",
        "A kernel of 3 with gaps: how many pixels from end to end?",
    ),
    Mistake(
        "dilation_times_kernel",
        "span",
        "a kernel of k entries spanned k times the dilation",
        "Draw a kernel of 2 with dilation 3. Does anything come after its last entry?",
    ),
    Mistake(
        "dilation_as_gaps",
        "span",
        "the dilation counted the pixels left out between two entries",
        "Dilation 1 is the ordinary kernel: how many pixels does it leave out?",
    ),
    Mistake(
        "dilation_added",
        "span",
        "the dilation made the kernel longer once, not between every two entries",
        "How many gaps has a kernel of 4 entries?",
    ),
    Mistake("padding_forgotten", "padded", "nothing were padded", "How long is the input once its ends are padded?"),
    Mistake("padding_once", "padded", "only one end were padded", "How many ends has a row of pixels?"),
    Mistake(
        "padding_taken_away",
        "padded",
        "the padding made the input shorter",
        "Does padding give the kernel more room, or less?",
    ),
    Mistake(
        "one_short",
        "count",
        "the first place were not counted",
        "A kernel as long as the input: how many places has it?",
    ),
    Mistake(
        "one_too_many",
        "count",
        "there were one place more than there is",
        "A kernel as long as the input: how many places has it?",
    ),
    Mistake(
        "one_before_dividing",
        "count",
        "the first place were added before the division by the stride, not after it",
        "Is the first place among what the stride divides?",
    ),
    Mistake(
        "stride_forgotten",
        "count",
        "the stride were always 1",
        "With steps of 2, are there as many places as with steps of 1?",
    ),
    Mistake(
        "stride_taken_away",
        "count",
        "the stride were taken away, not divided by",
        "Ten pixels to go in steps of 2: how many steps?",
    ),
    Mistake(
        "stride_shortens_input",
        "count",
        "the stride shortened the input before the kernel is laid on it",
        "The kernel meets the whole input. What is it that comes in steps?",
    ),
    Mistake(
        "rounded_up",
        "count",
        "a last step too short for a whole stride counted, too",
        "When pixels are left over at the end, does the kernel fit once more?",
    ),
    Mistake(
        "rounded",
        "count",
        "the number of steps were rounded to the nearest whole number",
        "When pixels are left over at the end, does the kernel fit once more?",
    ),
    Mistake(
        "fraction",
        "count",
        "there could be a fraction of a place",
        "Which of Python's two divisions drops the remainder?",
    ),
    Mistake(
        "float",
        "count",
        "the number of places were a number with a decimal point",
        "A count is a whole number: which operation made it a float?",
    ),
    Mistake(
        "as_long_as_input",
        "count",
        "the output were as long as the input (divided by the stride), whatever the kernel",
        "Where does the length of the kernel enter?",
    ),
    Mistake(
        "stride_and_dilation_exchanged",
        "arguments",
        "stride and dilation were exchanged",
        "Which of the two moves the kernel, and which spreads it out?",
    ),
    Mistake(
        "kernel_and_stride_exchanged",
        "arguments",
        "the kernel's length and the stride were exchanged",
        "Which of the two do you divide by?",
    ),
)

HINTS = (
    "On paper: 7 pixels, a kernel of 3. Write down where it can begin. For stride 2, strike out every other place.",
    "The first place is always there, every further one costs a stride. How many pixels are there to use up?",
    "With both lengths in hand, the padded input's and the kernel's span: the difference, // the stride, plus one.",
)


def worked():
    yield Case("stride 1", "7 pixels, a kernel of 3", call(7, 3))
    yield Case("stride 1", "the kernel as long as the input", call(5, 5))
    yield Case("stride 1", "a kernel of one", call(4, 1))
    yield Case("padding", "7 pixels, one more at each end", call(7, 3, padding=1))
    yield Case("padding", "a kernel longer than the unpadded input", call(2, 4, padding=1))
    yield Case("stride", "7 pixels, a kernel of 3, steps of 2", call(7, 3, stride=2))
    yield Case("stride", "the last step does not fit", call(8, 3, stride=2))
    yield Case("stride", "a step longer than the kernel", call(10, 2, stride=4))
    yield Case("dilation", "7 pixels, a kernel of 3 that spans 5", call(7, 3, dilation=2))
    yield Case("dilation", "two entries, 4 apart", call(9, 2, dilation=4))
    yield Case("dilation", "a kernel of one cannot be spread", call(6, 1, dilation=3))
    yield Case("all together", "32 pixels, a kernel of 5, everything set", call(32, 5, stride=3, padding=2, dilation=2))


def drawn(rng):
    def number(low, high):
        return int(rng.integers(low, high + 1))

    for _ in range(3):
        k = number(2, 6)
        yield Case("stride 1", "drawn lengths", call(k + number(1, 30), k))
    for _ in range(3):
        k, p = number(2, 6), number(1, 4)
        yield Case("padding", "drawn lengths", call(2 * p + k + number(1, 30), k, padding=p))
    for s, left in ((2, 0), (3, 1), (3, 2), (4, 3), (5, 4)):
        k = number(2, 6)
        n = k + s * number(2, 9) + left
        yield Case("stride", f"steps of {s}, {left} pixels left over", call(n, k, stride=s))
    yield Case("stride", "as the second number in the call", call(number(20, 40), number(2, 5), number(2, 4)))
    for _ in range(3):
        k, d = number(3, 6), number(2, 4)
        yield Case("dilation", "drawn lengths", call(d * k + number(3, 30), k, dilation=d))
    for _ in range(5):
        k, d, p = number(3, 5), number(2, 4), number(1, 4)
        s = number(2, 5)
        n = k * (d + 1) + 2 * p + s * number(2, 6) + number(0, s - 1)
        yield Case("all together", "drawn lengths", call(n, k, stride=s, padding=p, dilation=d))


def exact(rng):
    n, k, p, d, s = (int(x) for x in rng.integers((24, 2, 1, 2, 2), (40, 5, 4, 4, 5)))
    yield laws.cancels(
        "padding",
        "padding p at each end counts like an input that is 2p longer",
        (1.0, call(n, k, padding=p), ()),
        (-1.0, call(n + 2 * p, k), ()),
    )
    yield laws.cancels(
        "dilation",
        "a dilated kernel has as many places as an ordinary one that is as long from end to end",
        (1.0, call(n, k, stride=s, dilation=d), ()),
        (-1.0, call(n, d * (k - 1) + 1, stride=s), ()),
    )
    yield laws.cancels(
        "stride",
        "an input longer by one stride has one place more",
        (1.0, call(n + s, k, stride=s), ()),
        (-1.0, call(n, k, stride=s), ()),
        (-1.0, call(k, k), ()),
    )


def refused():
    yield Case(REFUSES, "a kernel longer than the input", call(5, 7))
    yield Case(REFUSES, "a dilated kernel longer than the padded input", call(5, 4, padding=1, dilation=3))
    yield Case(REFUSES, "a kernel one pixel too long, stride 2", call(5, 6, stride=2))
    yield Case(REFUSES, "stride 0", call(5, 3, stride=0))
    yield Case(REFUSES, "negative padding", call(9, 3, padding=-1))


SPEC = Spec(
    parts=(
        Part("stride 1", 1),
        Part("padding", 1),
        Part("stride", 1),
        Part("dilation", 1),
        Part("all together", 1),
        Part(REFUSES, 0.5),
    ),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "the stride is 1": lambda n, k, stride=1, padding=0, dilation=1: stride == 1,
        "the padding is 0": lambda n, k, stride=1, padding=0, dilation=1: padding == 0,
        "the dilation is 1": lambda n, k, stride=1, padding=0, dilation=1: dilation == 1,
        "the kernel has an odd length": lambda n, k, stride=1, padding=0, dilation=1: k % 2 == 1,
        "no pixel is left over at the end": lambda n, k, stride=1, padding=0, dilation=1: (
            (n + 2 * padding - dilation * (k - 1) - 1) % stride == 0
        ),
    },
)
