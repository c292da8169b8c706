"""Files from public mirrors, taken only if they are what they should be, and never waited for in vain."""

import os
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pooch

PATIENCE = 3.0  # seconds for a mirror to answer, and between two pieces of a file
PIECE = 1 << 16  # bytes


class NotFetched(OSError):
    """A file is not here, and no mirror gave it."""


def folder() -> Path:
    """Where fetched files are kept: the folder that ``COURSE_DATA`` names, or the system's cache."""
    return Path(os.environ.get("COURSE_DATA") or pooch.os_cache("cnn-deep-dive"))


def fetch(hashes: Mapping[str, str], mirrors: Sequence[str], place: Path) -> dict[str, Path]:
    """Files by name, from ``place`` if they are there, else from the first mirror that gives them unharmed.

    Parameters
    ----------
    hashes : mapping of str to str
        SHA-256 of each file.
    mirrors : sequence of str
        Addresses that a file's name is put behind, the preferred one first.
    place : Path

    Returns
    -------
    dict of Path

    Raises
    ------
    NotFetched
        If a file is neither there nor to be had. No half of it is left behind.
    """
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotFetched(f"{place} cannot be written ({error.strerror})") from None
    missing = [name for name in hashes if not _is_here(place / name, hashes[name])]
    answering = _answering([mirror + missing[0] for mirror in mirrors]) if missing else []
    ready = [mirror for mirror, answers in zip(mirrors, answering) if answers]
    for name in missing:
        _fetch_one(name, hashes[name], ready, place)
    return {name: place / name for name in hashes}


def _is_here(path: Path, sha256: str) -> bool:
    try:
        return pooch.file_hash(str(path)) == sha256
    except OSError:
        return False


def _answering(addresses: Sequence[str]) -> list[bool]:
    """Which addresses answer within ``PATIENCE``, all asked at once: a name server may keep silent for minutes."""
    answers = [False] * len(addresses)

    def ask(n: int) -> None:
        try:
            answers[n] = pooch.HTTPDownloader(timeout=PATIENCE)(addresses[n], None, None, check_only=True)
        except Exception:  # whatever goes wrong on the way: this mirror is not to be had
            answers[n] = False

    threads = [threading.Thread(target=ask, args=(n,), daemon=True) for n in range(len(addresses))]
    end = time.monotonic() + PATIENCE
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0, end - time.monotonic()))
    return list(answers)


def _fetch_one(name: str, sha256: str, mirrors: Sequence[str], place: Path) -> None:
    pooch.get_logger().setLevel("WARNING")
    reasons = []
    for mirror in mirrors:
        downloader = pooch.HTTPDownloader(progressbar=_progress_bar(name), chunk_size=PIECE, timeout=PATIENCE)
        try:
            pooch.retrieve(mirror + name, f"sha256:{sha256}", fname=name, path=place, downloader=downloader)
            return
        except (OSError, ValueError) as error:  # requests' own errors are OSErrors, a wrong hash is a ValueError
            wrong_hash = isinstance(error, ValueError) and "hash" in str(error)
            reasons.append(f"{mirror} {'gave another file' if wrong_hash else f'failed ({type(error).__name__})'}")
        finally:
            downloader.progressbar.close()
    raise NotFetched(f"{name} cannot be fetched: {'; '.join(reasons) or 'no mirror answers'}")


def _progress_bar(name: str):
    from tqdm.auto import tqdm

    return tqdm(desc=name, total=1, unit="B", unit_scale=True, leave=False)  # pooch puts the size in once it knows
