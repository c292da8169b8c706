"""The report drawn: a card for a notebook or a feedback page, its pictures made of tables, safe for any text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from .compare import number
from .words import facts

if TYPE_CHECKING:
    from .report import PartResult, Report

LARGEST = 14  # rows or columns of an array that are still drawn

MARKS = {"right": "✓", "not_written": "○"}
WORDS = {
    "right": "right",
    "not_written": "not written yet",
    "wrong_type_or_shape": "wrong type or shape",
    "wrong_values": "wrong values",
    "raised": "raised an error",
    "too_slow": "took too long",
}

CARD = (
    "border:1px solid rgba(128,128,128,.5);border-left:5px solid {accent};border-radius:4px;padding:.6em .9em;"
    "margin:.3em 0;max-width:54em;font-size:14px;line-height:1.45;overflow-x:auto"
)
ACCENT = {"right": "#2a8f4f", "not_written": "#888888"}
WRONG = "#c2571a"
LABEL = "text-align:left;font-size:13px;vertical-align:baseline;padding:.1em .9em .1em 0;opacity:.75"
BODY = "text-align:left;vertical-align:baseline"
CHIP = (
    "display:inline-block;border:1px solid rgba(128,128,128,.4);border-radius:3px;padding:0 .45em;"
    "margin:.25em .35em .25em 0"
)
MONO = "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px"
PRE = f"margin:0;padding:0;white-space:pre-wrap;{MONO}"


def drawn(report: Report, show_drawn: bool = True) -> str:
    """The report as one piece of HTML without scripts, styles from elsewhere or requests."""
    accent = ACCENT.get(report.verdict, WRONG)
    mark = MARKS.get(report.verdict, "✗")
    inner = [f"<div><strong>{mark} {escape(report.headline())}</strong></div>", _parts(report)]
    if report.verdict == "not_written":
        inner.append(
            f"<div>Write it in <code>{escape(report.file)}</code>, save the file, and run this cell again.</div>"
        )
    elif report.wrong is not None:
        picture = _picture(report, show_drawn)
        inner += [_facts(report, show_drawn, without="there" if picture else ""), picture]
        inner += [f'<p style="margin:.6em 0"><strong>{escape(f.sentence)}</strong></p>' for f in report.findings]
    if report.hint_line():
        inner.append(f'<div style="margin-top:.4em">{escape(report.hint_line())}</div>')
    return f'<div class="course-report" style="{CARD.format(accent=accent)}">{"".join(inner)}</div>'


def _parts(report: Report) -> str:
    return f"<div>{''.join(map(_chip, report.parts))}</div>"


def _chip(result: PartResult) -> str:
    mark = "–" if result.waits else MARKS.get(result.verdict, "✗")
    title = "judged when the first part is right" if result.waits else WORDS[result.verdict]
    points = f'<span style="opacity:.7">{number(result.points)}/{number(result.part.points)}</span>'
    return f'<span style="{CHIP}" title="{title}">{mark} {escape(result.part.name)} {points}</span>'


def _facts(report: Report, show_drawn: bool, without: str) -> str:
    rows = "".join(
        f'<tr style="background:none"><td style="{LABEL}">{escape(label)}</td>'
        f'<td style="{BODY}"><pre style="{PRE}">{escape(body)}</pre></td></tr>'
        for label, body in facts(report, show_drawn)
        if label != without
    )
    return f'<table style="border:none;margin:.4em 0">{rows}</table>'


def _picture(report: Report, show_drawn: bool) -> str:
    """The first wrong cell: where its window lies, the products under the kernel, your sum and the right one.

    Empty where nothing can be drawn: the image has more than two axes, or is too large.
    """
    working = report.working()
    outcome = report.wrong.outcome
    if working is None or (outcome.question.drawn and not show_drawn):
        return ""
    image, cell = outcome.question.call.args[0], outcome.difference.cell
    window, weights = np.atleast_2d(working.window), np.atleast_2d(working.weights)
    if image.ndim > 2 or max(image.shape) > LARGEST:
        return ""
    corner = (0,) * (2 - len(working.corner)) + working.corner
    rows, columns = (range(begin, begin + length) for begin, length in zip(corner, window.shape))
    value = np.atleast_2d(np.asarray(outcome.answer.value))
    place = (0,) * (2 - len(cell)) + cell
    first = report.sheet.arguments[0]
    yours, right = number(value[place]), number(float((window * weights).sum()))
    steps = [
        _grid(np.atleast_2d(image), f"{first}, window outlined", lambda i, j: i in rows and j in columns),
        "×",
        _grid(weights, "weights"),
        "→",
        _grid(window * weights, "products"),
        "→",
        f'<div style="text-align:center">sum<br>yours <strong>{yours}</strong><br>right <strong>{right}</strong></div>',
    ]
    alt = f"At {list(cell)} the products of window and weights add up to {right}; your result there is {yours}."
    boxes = "".join(f'<div style="margin:.2em .5em">{step}</div>' for step in steps)
    return (
        f'<div role="img" aria-label="{escape(alt)}" style="display:flex;flex-wrap:wrap;align-items:center;{MONO}">'
        f"{boxes}</div>"
    )


def _grid(array: np.ndarray, title: str, outlined: Callable[[int, int], bool] = lambda i, j: False) -> str:
    body = "".join(
        "<tr style='background:none'>" + "".join(_cell(number(x), outlined(i, j)) for j, x in enumerate(row)) + "</tr>"
        for i, row in enumerate(array)
    )
    caption = f'<div style="opacity:.75;text-align:center">{escape(title)}</div>'
    return f'{caption}<table style="border-collapse:collapse;margin:auto">{body}</table>'


def _cell(text: str, marked: bool) -> str:
    edge = f"2px solid {WRONG}" if marked else "1px solid rgba(128,128,128,.4)"
    weight = "bold" if marked else "normal"
    return (
        f'<td style="border:{edge};font-weight:{weight};padding:.1em .4em;text-align:right;min-width:1.4em">{text}</td>'
    )
