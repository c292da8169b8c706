"""Timing two functions against each other so that what the machine does meanwhile falls on both alike."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

LEAST = 0.02  # seconds a block: long enough that the clock and one interruption do not matter


@dataclass(frozen=True)
class Ratio:
    """Seconds of ours for each second of theirs, over pairs of blocks: the median and the middle half."""

    median: float
    low: float
    high: float
    ours: float
    theirs: float | None


def seconds(work: Callable[[], object], times: int) -> float:
    """Seconds a call, over so many calls in a row."""
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def calls_a_block(work: Callable[[], object]) -> int:
    """How often to call it so that a block is not too short."""
    work()
    return max(1, round(LEAST / max(seconds(work, 2), 1e-9)))


def compare(ours: Callable[[], object], theirs: Callable[[], object] | None, pairs: int) -> Ratio:
    """Time both in turns, the one that begins changing from pair to pair."""
    our_calls = calls_a_block(ours)
    if theirs is None:
        return summarize([seconds(ours, our_calls) for _ in range(pairs)], None)
    their_calls = calls_a_block(theirs)
    first, second = [], []
    for pair in range(pairs):
        if pair % 2:
            second.append(seconds(theirs, their_calls))
            first.append(seconds(ours, our_calls))
        else:
            first.append(seconds(ours, our_calls))
            second.append(seconds(theirs, their_calls))
    return summarize(first, second)


def summarize(ours: list[float], theirs: list[float] | None) -> Ratio:
    """The ratio of each pair, then the median of the ratios: a slow spell falls on both sides of a pair."""
    if theirs is None:
        return Ratio(float("nan"), float("nan"), float("nan"), statistics.median(ours), None)
    ratios = [a / b for a, b in zip(ours, theirs)]
    low, median, high = statistics.quantiles(ratios, n=4)
    return Ratio(median, low, high, statistics.median(ours), statistics.median(theirs))
