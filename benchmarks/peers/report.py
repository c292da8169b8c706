"""The same rows three times: as a Markdown table, as JSON for machines, as a figure."""

import json
import math
from pathlib import Path

from .pairs import Ratio


def row(work: str, dtype: str, ratio: Ratio, reach: float | None, stretch: float | None) -> dict:
    """One row of the table, as the JSON holds it."""
    numbers = {"ratio": ratio.median, "low": ratio.low, "high": ratio.high}
    numbers = {name: None if math.isnan(number) else round(number, 3) for name, number in numbers.items()}
    seconds = {"seconds": ratio.ours, "peer_seconds": ratio.theirs}
    return {"work": work, "dtype": dtype, **numbers, "reach": reach, "stretch": stretch, **seconds}


def write(folder: Path, rows: list[dict], memory: list[dict], machine: dict[str, str]) -> list[Path]:
    """Write all three; returns their paths."""
    paths = [folder / name for name in ("ratios.md", "ratios.json", "ratios.png")]
    paths[0].write_text(markdown(rows, memory, machine), encoding="utf-8")
    paths[1].write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if any(each["ratio"] for each in rows):
        draw(rows, paths[2])
        return paths
    return paths[:2]


def markdown(rows: list[dict], memory: list[dict], machine: dict[str, str]) -> str:
    """The table for people."""
    lines = ["# NumPy beside PyTorch, on the CPU", ""]
    lines += [f"- {name}: {value}" for name, value in machine.items()]
    lines += ["", "Ratio: seconds of NumPy for each second of PyTorch; below 1 NumPy is faster.", ""]
    lines += [
        "| work | dtype | ratio | middle half | reach | stretch | NumPy | PyTorch |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for each in rows:
        middle = f"{each['low']:.2f} to {each['high']:.2f}" if each["ratio"] else "–"
        cells = (each["work"], each["dtype"], mark(each), middle, plain(each["reach"]), plain(each["stretch"]))
        lines.append("| " + " | ".join((*cells, clock(each["seconds"]), clock(each["peer_seconds"]))) + " |")
    lines += [
        "",
        "Extra memory, in copies of the padded input:",
        "",
        "| shape | rows | at most | im2col |",
        "|---|---|---|---|",
    ]
    lines += [f"| {m['shape']} | {m['rows']:.1f} | {m['limit']} | {m['im2col']:.1f} |" for m in memory]
    return "\n".join(lines) + "\n"


def mark(each: dict) -> str:
    """The ratio, and in words whether it is what was hoped for."""
    if each["ratio"] is None:
        return "–"
    if each["reach"] is None:
        return f"{each['ratio']:.2f}"
    reached = (
        "stretch" if each["ratio"] <= each["stretch"] else "reached" if each["ratio"] <= each["reach"] else "MISSED"
    )
    return f"{each['ratio']:.2f} ({reached})"


def plain(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"


def clock(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds:.2f} s" if seconds >= 0.5 else f"{seconds * 1e3:.2f} ms"


def draw(rows: list[dict], path: Path) -> None:
    """A dot a row on a logarithmic axis, the middle half as a line, reach and stretch as ticks."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    shown = [each for each in rows if each["ratio"]][::-1]
    figure, axes = plt.subplots(figsize=(9, 0.3 * len(shown) + 1.2), layout="constrained")
    for place, each in enumerate(shown):
        axes.plot([each["low"], each["high"]], [place, place], color="0.5", linewidth=4, solid_capstyle="butt")
        axes.plot(each["ratio"], place, "o", color="black", markersize=5)
        for goal, style in (("reach", "|"), ("stretch", "4")):
            if each[goal]:
                axes.plot(each[goal], place, style, color="tab:red", markersize=12, markeredgewidth=2)
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xscale("log")
    ticks = [tick for tick in (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2) if tick >= min(each["low"] for each in shown) / 2]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_yticks(range(len(shown)), [f"{each['work']}, {each['dtype']}" for each in shown], fontsize=8)
    axes.set_xlabel(
        "seconds of NumPy for each second of PyTorch  (dot: median, bar: middle half, red |: reach, red ⅄: stretch)"
    )
    axes.grid(axis="x", alpha=0.3)
    figure.savefig(path, dpi=130)
