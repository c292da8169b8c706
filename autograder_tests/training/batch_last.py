"""The forward pass in the layout with the batch last, and gradients by trying: what this chapter's checks share."""

import numpy as np


def shifted(x, width, padding=0):
    """Each row of a batch (H, C, W, N) once for every column of a kernel: (H + 2 * padding, C, KW, OW, N)."""
    padded = np.pad(x, ((padding, padding), (0, 0), (padding, padding), (0, 0)))
    OW = padded.shape[2] - width + 1
    return np.stack([padded[:, :, v : v + OW] for v in range(width)], axis=2)


def slid(rows, w):
    """Filters (F, C, KH, KW) over shifted rows: (OH, F, OW, N)."""
    OH = len(rows) - w.shape[2] + 1
    return sum(np.einsum("icvjn,fcv->ifjn", rows[u : u + OH], w[:, :, u]) for u in range(w.shape[2]))


def corners(x):
    """The four pixels of each 2×2 block, row by row: (4, H // 2, C, W // 2, N)."""
    H, W = x.shape[0] // 2 * 2, x.shape[2] // 2 * 2
    return np.stack([x[i:H:2, :, j:W:2] for i in (0, 1) for j in (0, 1)])


def slopes(loss, at, step=1.0):
    """What one more in each entry of ``at`` is worth to the loss, by central differences; exact where it is linear."""
    gradient = np.empty(at.shape)
    for place in np.ndindex(at.shape):
        move = np.zeros(at.shape)
        move[place] = step
        gradient[place] = (loss(at + move) - loss(at - move)) / (2 * step)
    return gradient


def counts(N, C, F):
    """How many images, channels and filters there are, in words."""
    kinds = (N, "image"), (C, "channel"), (F, "filter")
    return tuple(f"{number} {kind}{'s' * (number > 1)}" for number, kind in kinds)
