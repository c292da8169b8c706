"""MNIST and Fashion-MNIST where there is a network, and the course's own digits where there is none."""

import numpy as np

from course_lib.given.datasets import HELD_OUT, digits_on_canvas
from course_lib.given.fetch import NotFetched, fetch, folder
from course_lib.given.idx import read_idx

FILES = (
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
)
# SHA-256 as published: MNIST's in the readme and loaders of many public projects, those of the t10k files compared with
# the files themselves too; Fashion-MNIST's beside the MD5 sums of its own readme.
HASHES = {
    "mnist": (
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    ),
    "fashion": (
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
    ),
}
MIRRORS = {
    "mnist": (
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
    ),
    "fashion": (
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ),
}


def mnist(kind: str = "mnist") -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """MNIST (handwritten digits) or Fashion-MNIST (clothes), fetched the first time: 12 or 31 MB.

    Every file must have its published SHA-256. It is kept in the system's cache, or where ``COURSE_DATA`` says.

    Parameters
    ----------
    kind : str
        "mnist" or "fashion".

    Returns
    -------
    train_images : ndarray, shape (60000, 1, 28, 28), float32
        From 0.0 (paper) to 1.0 (ink).
    train_labels : ndarray, shape (60000,), int64
    test_images : ndarray, shape (10000, 1, 28, 28), float32
    test_labels : ndarray, shape (10000,), int64

    Raises
    ------
    ValueError
        If kind is neither, or the files do not go together.
    OSError
        If the files are not here and cannot be fetched.

    References
    ----------
    LeCun, Cortes & Burges (1998), "The MNIST database of handwritten digits"; Xiao, Rasul & Vollgraf (2017),
    "Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms".
    """
    if kind not in HASHES:
        raise ValueError(f"kind is {kind!r}; it must be 'mnist' or 'fashion'")
    place = folder() / kind
    try:
        files = fetch(dict(zip(FILES, HASHES[kind])), MIRRORS[kind], place)
    except NotFetched as error:
        raise NotFetched(f"{error}. Connect to a network and try again, or put {', '.join(FILES)} in {place}") from None
    train_images, train_labels, test_images, test_labels = (read_idx(files[name]) for name in FILES)
    return *_pair(train_images, train_labels), *_pair(test_images, test_labels)


def handwriting() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Handwritten digits of 28×28: MNIST if it is here or can be fetched, else the course's own. One line says which.

    Returns
    -------
    train, test : pair of ndarray
        Images (N, 1, 28, 28), float32 from 0.0 to 1.0, and labels (N,), int64.
    """
    try:
        train_images, train_labels, test_images, test_labels = mnist()
    except OSError:
        images, labels = digits_on_canvas()
        images, labels = images.astype(np.float32), labels.astype(np.int64)
        print(
            f"MNIST is not here and cannot be fetched, so the course's own {len(images):,} digits are used, "
            "enlarged to 28 × 28; for MNIST connect to a network and run this cell again."
        )
        return (images[:-HELD_OUT], labels[:-HELD_OUT]), (images[-HELD_OUT:], labels[-HELD_OUT:])
    print(f"MNIST: {len(train_images):,} digits to train with, {len(test_images):,} to test with.")
    return (train_images, train_labels), (test_images, test_labels)


def _pair(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if images.ndim != 3 or labels.shape != images.shape[:1]:
        raise ValueError(f"images {images.shape} and labels {labels.shape} do not go together: (N, H, W) and (N,)")
    return images[:, np.newaxis] / np.float32(255), labels.astype(np.int64)
