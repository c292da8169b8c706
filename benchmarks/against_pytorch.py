"""NumPy as this course writes it beside PyTorch on the CPU: one thread each, in one run, in interleaved pairs.

    python benchmarks/against_pytorch.py [--out FOLDER] [--quick] [--as-set]

Writes `ratios.md`, `ratios.json` and `ratios.png` into the folder (benchmarks/results). Without PyTorch it times the
NumPy side alone and says so. The measuring process is a child, because the number of threads has to be settled before
NumPy is loaded. It is started without OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE, so that NumPy's BLAS chooses its kernels
for the processor as it does on a learner's machine; --as-set leaves these variables as they are.
"""

import os
import subprocess
import sys
from pathlib import Path

import click

COURSE = Path(__file__).resolve().parents[1]
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
KERNELS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def surroundings(as_set: bool) -> dict[str, str]:
    """The environment of the measuring process."""
    kept = {name: value for name, value in os.environ.items() if as_set or name not in KERNELS}
    return kept | dict.fromkeys(THREADS, "1") | {"PYTHONPATH": str(COURSE)}


@click.command(help=__doc__.partition("\n")[0])
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=COURSE / "benchmarks" / "results")
@click.option("--quick", is_flag=True, help="Three pairs a row: to see that it runs, not to believe it.")
@click.option("--as-set", is_flag=True, help="Keep OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE as they are set.")
def main(out: Path, quick: bool, as_set: bool) -> None:
    out.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "benchmarks.peers", str(out.resolve()), "3" if quick else "21"]
    sys.exit(subprocess.run(command, env=surroundings(as_set), cwd=COURSE).returncode)


if __name__ == "__main__":
    main()
