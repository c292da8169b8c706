"""Checks of same_padding: what both ends need, so that the output is as long as the input."""

import math

from autograder_tests.judging import REFUSES, Case, Law, Mistake, Part, Spec, Term, call, laws

TOTALS = {
    "dilation_forgotten": lambda k, d: k - 1,
    "dilation_times_kernel": lambda k, d: k * d - 1,
    "dilation_as_gaps": lambda k, d: (k - 1) * (d + 1),
    "dilation_added": lambda k, d: k + d - 2,
    "whole_span": lambda k, d: d * (k - 1) + 1,
    "one_short": lambda k, d: max(d * (k - 1) - 1, 0),
}
SHARES = {
    "extra_before": lambda total: (total - total // 2, total // 2),
    "rounded_up_twice": lambda total: (math.ceil(total / 2), math.ceil(total / 2)),
    "rounded_down_twice": lambda total: (total // 2, total // 2),
    "all_of_it_twice": lambda total: (total, total),
    "all_before": lambda total: (total, 0),
    "all_after": lambda total: (0, total),
    "fractions": lambda total: (total / 2, total / 2),
    "one_number": lambda total: total,
    "half_as_one_number": lambda total: total // 2,
}


def model(k, dilation=1, on=frozenset()):
    """same_padding, with switches."""
    if "halved_before_dilated" in on:
        return dilation * ((k - 1) // 2), dilation * (k // 2)
    if "half_gaps_dilated_twice" in on:
        return dilation * ((k - 1) // 2), dilation * ((k - 1) // 2)
    if "half_kernel_dilated_twice" in on:
        return dilation * (k // 2), dilation * (k // 2)
    total = dilation * (k - 1)
    for switch in sorted(on & TOTALS.keys()):
        total = TOTALS[switch](k, dilation)
    for switch in sorted(on & SHARES.keys()):
        return SHARES[switch](total)
    return total // 2, total - total // 2


MISTAKES = (
    Mistake(
        "dilation_forgotten",
        "total",
        "the dilation were always 1",
        "A kernel that spans more pixels loses more places. Where does the dilation enter?",
    ),
    Mistake(
        "dilation_times_kernel",
        "total",
        "a kernel of k entries spanned k times the dilation",
        "Draw a kernel of 2 with dilation 3. Does anything come after its last entry?",
    ),
    Mistake(
        "dilation_as_gaps",
        "total",
        "the dilation counted the pixels left out between two entries",
        "Dilation 1 is the ordinary kernel: how many pixels does it leave out?",
    ),
    Mistake(
        "dilation_added",
        "total",
        "the dilation made the kernel longer once, not between every two entries",
        "How many gaps has a kernel of 4 entries?",
    ),
    Mistake(
        "whole_span",
        "total",
        "as many pixels were needed as the kernel spans",
        "A kernel of one: does the output lose a single entry?",
    ),
    Mistake(
        "one_short",
        "total",
        "one pixel fewer were needed than is",
        "A kernel of 3 on 7 pixels finds 5 places. How many are missing?",
    ),
    Mistake(
        "extra_before", "share", "the odd pixel came before, not after", "Which end gets more when the total is odd?"
    ),
    Mistake(
        "rounded_up_twice",
        "share",
        "each end got half of the total, rounded up",
        "With an even kernel and 7 pixels: is your output 7 long, or 8?",
    ),
    Mistake(
        "rounded_down_twice",
        "share",
        "each end got half of the total, rounded down",
        "With an even kernel and 7 pixels: is your output 7 long, or 6?",
    ),
    Mistake(
        "all_of_it_twice",
        "share",
        "each end got the whole total",
        "Two ends share the total.",
    ),
    Mistake("all_before", "share", "all of it came before", "Two ends share the total."),
    Mistake("all_after", "share", "all of it came after", "Two ends share the total."),
    Mistake(
        "fractions",
        "share",
        "a pixel could be shared between the two ends",
        "Half a pixel cannot be added. Which of Python's two divisions drops the remainder?",
    ),
    Mistake(
        "one_number",
        "share",
        "one number were asked for, the total of both ends",
        "The contract asks for two numbers.",
    ),
    Mistake(
        "half_as_one_number",
        "share",
        "one number were asked for, the same for both ends",
        "With an even kernel the two ends differ, so the contract asks for two numbers.",
    ),
    Mistake(
        "halved_before_dilated",
        "order",
        "the entries were shared out first, and each share dilated then",
        "A kernel of 2 with dilation 2 spans 3 pixels. How much does each end need?",
    ),
    Mistake(
        "half_gaps_dilated_twice",
        "order",
        "each end got half of the kernel less one, rounded down, times the dilation",
        "That is right for odd kernels. Try a kernel of 2 with output_size.",
    ),
    Mistake(
        "half_kernel_dilated_twice",
        "order",
        "each end got half of the kernel, times the dilation",
        "That is right for odd kernels. Try a kernel of 2 with output_size.",
    ),
)

HINTS = (
    "Unpadded, a kernel of 3 makes the output 2 entries shorter. A kernel of 4? A kernel of 3 with dilation 2?",
    "The total is what the kernel spans, less one. Both ends share it.",
    "Half of the total, rounded down, comes before; whatever remains of it comes after.",
)


def worked():
    yield Case("odd kernels", "a kernel of 3", call(3))
    yield Case("odd kernels", "a kernel of 5", call(5))
    yield Case("odd kernels", "a kernel of 1", call(1))
    yield Case("even kernels", "a kernel of 2", call(2))
    yield Case("even kernels", "a kernel of 4", call(4))
    yield Case("dilation", "a kernel of 3 that spans 5", call(3, 2))
    yield Case("dilation", "a kernel of 2 that spans 3", call(2, 2))
    yield Case("dilation", "a kernel of 4 that spans 7", call(4, dilation=2))
    yield Case("dilation", "a kernel of 4 that spans 10", call(4, dilation=3))
    yield Case("dilation", "a kernel of 1, whatever the dilation", call(1, 5))


def drawn(rng):
    for half in rng.permutation(range(3, 12))[:3]:
        yield Case("odd kernels", "a drawn length", call(2 * int(half) + 1))
    for half in rng.permutation(range(3, 12))[:3]:
        yield Case("even kernels", "a drawn length", call(2 * int(half)))
    for parity in (0, 1, 0, 1):
        for dilation in (2, 3):
            k = 2 * int(rng.integers(2, 9)) + parity
            yield Case("dilation", f"a drawn length, dilation {dilation}", call(k, dilation=dilation))
    yield Case("dilation", "a wide one", call(2 * int(rng.integers(2, 9)), int(rng.integers(4, 9))))


def exact(rng):
    k, d = int(rng.integers(2, 9)), int(rng.integers(2, 5))
    odd, even = call(2 * k + 1, d), call(2 * k)
    yield laws.cancels("odd kernels", "an odd kernel needs as much before as after", (1.0, odd, 0), (-1.0, odd, 1))
    yield Law(
        "even kernels",
        "an even kernel needs one pixel more after than before",
        (Term(1.0, even, 1), Term(-1.0, even, 0)),
        1.0,
    )
    yield laws.cancels(
        "dilation",
        "a dilated kernel needs what an ordinary one needs that is as long from end to end",
        (1.0, call(k, d), ()),
        (-1.0, call(d * (k - 1) + 1), ()),
    )


def refused():
    yield Case(REFUSES, "a kernel without entries", call(0))
    yield Case(REFUSES, "dilation 0", call(3, dilation=0))


SPEC = Spec(
    parts=(Part("odd kernels", 1), Part("even kernels", 1), Part("dilation", 1), Part(REFUSES, 0.5)),
    worked=worked,
    drawn=drawn,
    refused=refused,
    model=model,
    mistakes=MISTAKES,
    hints=HINTS,
    laws=exact,
    features={
        "the kernel has an odd length": lambda k, dilation=1: k % 2 == 1,
        "the total is even": lambda k, dilation=1: dilation * (k - 1) % 2 == 0,
        "the dilation is 1": lambda k, dilation=1: dilation == 1,
    },
)
