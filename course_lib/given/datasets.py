"""Data for the chapters, all of it already on this machine: digits, a network that reads them, a photograph, an EEG."""

from pathlib import Path

import numpy as np

DIGITS = Path(__file__).with_name("data") / "digits.npz"
LENET5 = DIGITS.with_name("lenet5.npz")
HELD_OUT = 297  # the last so many digits were not used in training the network of lenet5_parameters
SEVEN = 44  # a seven with a clear bar at the top


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Handwritten digits, with what each of them says.

    Returns
    -------
    images : ndarray, shape (1797, 8, 8), uint8
        From 0 (paper) to 16 (ink).
    labels : ndarray, shape (1797,), uint8
    """
    with np.load(DIGITS) as file:
        return file["images"], file["labels"]


def seven() -> np.ndarray:
    """One handwritten seven, bright on dark.

    Returns
    -------
    ndarray, shape (8, 8), float
        From 0.0 to 1.0.
    """
    images, _ = digits()
    return images[SEVEN] / 16


def digits_on_canvas() -> tuple[np.ndarray, np.ndarray]:
    """The same digits as LeNet-5 takes them: three times as large, softly enlarged, with a margin of two pixels.

    Returns
    -------
    images : ndarray, shape (1797, 1, 28, 28), float
        From 0.0 (paper) to 1.0 (ink); their mean is about 0.22.
    labels : ndarray, shape (1797,), uint8
    """
    images, labels = digits()
    enlarge = _between_pixels(8, 24)
    canvas = np.zeros((len(images), 1, 28, 28))
    canvas[:, 0, 2:26, 2:26] = enlarge @ (images / 16) @ enlarge.T
    return canvas, labels


def lenet5_parameters() -> dict[str, np.ndarray]:
    """Parameters of a LeNet-5 that can read :func:`digits_on_canvas`; all but the last ``HELD_OUT`` trained it.

    Returns
    -------
    dict of ndarray, float
        ``"conv1.w"`` (6, 1, 5, 5), ``"conv1.b"`` (6,) and so on.
    """
    with np.load(LENET5) as file:
        return {name: file[name].astype(float) for name in file.files}


def _between_pixels(few: int, many: int) -> np.ndarray:
    """The matrix that draws a line of ``few`` pixels with ``many``, straight from one centre to the next."""
    centres = np.clip((np.arange(many) + 0.5) * few / many - 0.5, 0, few - 1)
    return np.maximum(1 - np.abs(centres[:, np.newaxis] - np.arange(few)), 0)


def photograph_rgb(shrink: int = 3) -> np.ndarray:
    """Matplotlib's sample photograph, a portrait of Grace Hopper, in colour.

    Parameters
    ----------
    shrink : int
        Blocks of ``shrink`` × ``shrink`` pixels are averaged into one; 1 gives the full 600 × 512 pixels.

    Returns
    -------
    ndarray, shape (H, W, 3), float
        Red, green and blue from 0.0 to 1.0; (200, 170, 3) as it stands.
    """
    from matplotlib import cbook, image

    with cbook.get_sample_data("grace_hopper.jpg") as file:
        pixels = image.imread(file, format="jpg") / 255
    H, W = pixels.shape[0] // shrink, pixels.shape[1] // shrink
    blocks = pixels[: H * shrink, : W * shrink].reshape(H, shrink, W, shrink, 3)
    return blocks.mean(axis=(1, 3))


def photograph(shrink: int = 3) -> np.ndarray:
    """The same photograph in shades of grey, weighted as the eye weighs red, green and blue.

    Returns
    -------
    ndarray, shape (H, W), float
        From 0.0 to 1.0; (200, 170) as it stands.
    """
    return photograph_rgb(shrink) @ np.array([0.299, 0.587, 0.114])


def eeg() -> tuple[np.ndarray, float]:
    """Matplotlib's sample EEG: the voltage at four places on a head, for ten seconds.

    Returns
    -------
    signals : ndarray, shape (800, 4), float
        One column a channel, in an arbitrary unit.
    rate : float
        Samples a second.
    """
    from matplotlib import cbook

    with cbook.get_sample_data("eeg.dat") as file:
        signals = np.frombuffer(file.read(), dtype="<f8").reshape(800, 4)
    return signals.copy(), 80.0


DIRECTIONS = {"right": (0, 1), "left": (0, -1), "down": (1, 0), "up": (-1, 0)}  # rows and columns a frame


def moving_digits(pairs: int = 20, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Videos of handwritten digits that move by one pixel a frame, made here; the same seed gives the same videos.

    They come in pairs: of each pair the second is the first played backwards, so that both hold the same frames, and
    the frame in the middle is the same in both.

    Parameters
    ----------
    pairs : int
    seed : int

    Returns
    -------
    videos : ndarray, shape (2 * pairs, 9, 16, 16), float
        Nine frames each, from 0.0 to 1.0.
    directions : ndarray, shape (2 * pairs,), str
        "right", "left", "down" or "up".

    Raises
    ------
    ValueError
        If ``pairs`` is below 1.
    """
    if pairs < 1:
        raise ValueError(f"pairs is {pairs}; it must be at least 1")
    rng = np.random.default_rng(seed)
    images, _ = digits()
    videos, directions = np.zeros((2 * pairs, 9, 16, 16)), []
    for pair in range(pairs):
        forth, back = (("right", "left"), ("down", "up"))[pair % 2]
        digit = images[rng.integers(len(images))] / 16
        aside = rng.integers(0, 9)  # where it lies across its way
        for frame in range(9):
            top, left = (aside, frame) if forth == "right" else (frame, aside)
            videos[2 * pair, frame, top : top + 8, left : left + 8] = digit
        videos[2 * pair + 1] = videos[2 * pair, ::-1]
        directions += [forth, back]
    return videos, np.array(directions)
