"""Sizes: which rule the shape of a result follows, when it is not the right one."""

from __future__ import annotations

from collections.abc import Callable

from .findings import Finding
from .trial import Outcome, Trial

Rule = Callable[..., int]  # of the lengths of input n and kernel k, the stride s, padding p and dilation d

RULES: dict[str, Rule] = {
    "the length of the input": lambda n, k, s, p, d: n,
    "the length of the kernel": lambda n, k, s, p, d: k,
    "one place short": lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s,
    "one place too many": lambda n, k, s, p, d: (n + 2 * p - d * (k - 1) - 1) // s + 2,
    "rounded up where a step is left over": lambda n, k, s, p, d: -(-(n + 2 * p - d * (k - 1) - 1) // s) + 1,
    "what it would be without the stride": lambda n, k, s, p, d: n + 2 * p - d * (k - 1),
    "what it would be without the padding": lambda n, k, s, p, d: (n - d * (k - 1) - 1) // s + 1,
    "what it would be with padding at one end only": lambda n, k, s, p, d: (n + p - d * (k - 1) - 1) // s + 1,
    "what it would be without the dilation": lambda n, k, s, p, d: (n + 2 * p - k) // s + 1,
    "what it would be if the kernel spanned k times the dilation": lambda n, k, s, p, d: (n + 2 * p - k * d) // s + 1,
    "the input's length less 1, whatever the kernel": lambda n, k, s, p, d: n - 1,
    "the input's length less 2, as if the kernel had length 3": lambda n, k, s, p, d: n - 2,
    "the input's length plus the kernel's less 1, every place where they touch": lambda n, k, s, p, d: n + k - 1,
    "the input's length divided by the kernel's, as if windows did not overlap": lambda n, k, s, p, d: n // k,
    "the input's length divided by the stride": lambda n, k, s, p, d: n // s,
    "the input's length less half the kernel's": lambda n, k, s, p, d: n - k // 2,
    "the input's length less twice half the kernel's": lambda n, k, s, p, d: n - 2 * (k // 2),
}

NAMES = {
    1: ("The result's length",),
    2: ("The result's height", "The result's width"),
    3: ("The result's depth", "The result's height", "The result's width"),
}


def sizes(trial: Trial) -> list[Finding]:
    """For each axis with wrong lengths, the rule that they follow in every case, if it is just one."""
    taps = trial.sheet.taps
    if taps is None:
        return []
    rank, seen = len(taps.space), []
    for outcome in trial.outcomes():
        shape, right = getattr(outcome.answer.value, "shape", None), outcome.question.expected.shape
        if outcome.answer.kind != "returned" or shape is None or len(shape) != len(right):
            return []
        seen.append((shape[-rank:], right[-rank:], _lengths(trial, outcome, rank)))
    if all(shape == right for shape, right, _ in seen):
        return []
    if rank == 2 and all(shape == right[::-1] for shape, right, _ in seen):
        return [Finding("The result's height and width are exchanged.")]
    findings = []
    for axis in range(rank):
        if all(shape[axis] == right[axis] for shape, right, _ in seen):
            continue
        rules = [
            words
            for words, rule in RULES.items()
            if all(shape[axis] == rule(*lengths[axis]) for shape, _, lengths in seen)
        ]
        if len(rules) == 1:
            findings.append(Finding(f"{NAMES[rank][axis]} is {rules[0]}."))
    return findings


def _lengths(trial: Trial, outcome: Outcome, rank: int) -> list[tuple[int, ...]]:
    """For each axis the input's length, the kernel's, stride, padding and dilation."""
    call, taps = outcome.question.call, trial.sheet.taps
    given = dict(zip(trial.sheet.arguments, call.args)) | call.kwargs
    n, k = call.args[taps.values].shape[-rank:], call.args[taps.weights].shape[-rank:]
    more = [given.get(name, plain) for name, plain in (("stride", 1), ("padding", 0), ("dilation", 1))]
    return list(zip(n, k, *(value if isinstance(value, tuple) else (value,) * rank for value in more)))
