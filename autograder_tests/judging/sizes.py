"""Sizes: which rule the shape of a result follows, when it is not the right one."""

from __future__ import annotations

from collections.abc import Callable

from .findings import Finding
from .trial import Trial

Rule = Callable[[int, int], int]

RULES: dict[str, Rule] = {
    "the length of the input": lambda n, k: n,
    "the length of the kernel": lambda n, k: k,
    "the input's length less the kernel's, one place short": lambda n, k: n - k,
    "the input's length less the kernel's plus 2, one place too many": lambda n, k: n - k + 2,
    "the input's length less 1, whatever the kernel": lambda n, k: n - 1,
    "the input's length less 2, as if the kernel had length 3": lambda n, k: n - 2,
    "the input's length plus the kernel's less 1, every place where they touch": lambda n, k: n + k - 1,
    "the input's length divided by the kernel's, as if the windows did not overlap": lambda n, k: n // k,
    "the input's length less half the kernel's": lambda n, k: n - k // 2,
    "the input's length less twice half the kernel's": lambda n, k: n - 2 * (k // 2),
}

NAMES = {1: ("The result",), 2: ("The result's height", "The result's width")}


def sizes(trial: Trial) -> list[Finding]:
    """For each axis with wrong lengths, the rule that they follow in every case, if it is just one."""
    taps = trial.sheet.taps
    if taps is None or len(taps.shape) not in NAMES:
        return []
    rank, seen = len(taps.shape), []
    for outcome in trial.outcomes():
        shape = getattr(outcome.answer.value, "shape", None)
        if outcome.answer.kind != "returned" or shape is None or len(shape) != rank:
            return []
        args = outcome.question.call.args
        seen.append((shape, outcome.question.expected.shape, args[taps.values].shape, args[taps.weights].shape))
    if all(shape == right[::-1] for shape, right, _, _ in seen) and any(shape != right for shape, right, _, _ in seen):
        return [Finding("The result's height and width are exchanged.")]
    findings = []
    for axis in range(rank):
        if all(shape[axis] == right[axis] for shape, right, _, _ in seen):
            continue
        rules = [
            words for words, rule in RULES.items() if all(s[axis] == rule(n[axis], k[axis]) for s, _, n, k in seen)
        ]
        if len(rules) == 1:
            findings.append(Finding(f"{NAMES[rank][axis]} is {rules[0]}."))
    return findings
