"""LeNet-5 at a size that plain loops can train: what the checks of the whole network share."""

from dataclasses import dataclass

import numpy as np

LINEAR = ("fc1", "fc2", "fc3")


@dataclass(frozen=True)
class Net:
    """The lengths of a network and of its images.

    ``maps`` are the channels of the image and of the two convolutions, ``units`` those of the three linear layers.
    """

    shape: tuple[int, int] = (8, 8)
    maps: tuple[int, int, int] = (1, 2, 3)
    kernel: int = 3
    padding: tuple[int, int] = (1, 1)
    units: tuple[int, int, int] = (5, 4, 3)

    def lengths(self):
        """Rows and columns of the pooled maps of conv2."""
        for n in self.shape:
            for p in self.padding:
                n = (n + 2 * p - self.kernel + 1) // 2
            yield n

    def shapes(self):
        """The shape of each parameter."""
        C, F1, F2 = self.maps
        H, W = self.lengths()
        inputs = (F2 * H * W, *self.units)
        weights = {"conv1": (F1, C, self.kernel, self.kernel), "conv2": (F2, F1, self.kernel, self.kernel)}
        weights |= {layer: (K, M) for layer, M, K in zip(LINEAR, inputs, self.units)}
        for layer, shape in weights.items():
            yield f"{layer}.w", shape
            yield f"{layer}.b", shape[:1]

    def parameters(self, rng):
        """Parameters of which no layer is large, none dead and none without effect."""
        drawn = {}
        for name, shape in self.shapes():
            spread = 1.0 if name.endswith(".b") else 1.5 / np.sqrt(np.prod(shape[1:]))
            drawn[name] = spread * rng.normal(size=shape)
            if name in ("fc1.b", "fc2.b"):
                drawn[name] = 0.5 + 0.5 * rng.normal(size=shape)
        return drawn

    def images(self, rng, N):
        """A batch of images."""
        return rng.normal(size=(N, self.maps[0], *self.shape))

    def labels(self, rng, N):
        """A label for each image."""
        return rng.integers(0, self.units[-1], N)

    def words(self, N):
        """N images and the network that they meet, in words."""
        (H, W), (C, *_) = self.shape, self.maps
        colours = f"{C} channels, " if C > 1 else ""
        return f"{number(N)}, {H}×{W} pixels, {colours}{self.kernel}×{self.kernel} kernels, padding {self.padding}"


def number(N):
    """So many images, in words."""
    return f"{N} image{'s' * (N > 1)}"


# By hand: an image for networks of one path. Its largest pixels are 2, 3, 5 and 0, block by block.
PIXELS = np.array([[1.0, 2, 0, 0], [0, 0, 0, 3], [5, 0, 0, -1], [0, 0, -2, 0]]).reshape(1, 1, 4, 4)


def one_path():
    """A network of single units, all weights 1 and all biases 0, for images of 4×4 pixels and kernels of 1×1."""
    net = Net(shape=(4, 4), maps=(1, 1, 1), kernel=1, padding=(0, 0), units=(1, 1, 2))
    return {name: np.ones(shape) if name.endswith(".w") else np.zeros(shape) for name, shape in net.shapes()}


def even_odds():
    """A network of one path, whose two scores are equal for an image with a largest pixel of 5."""
    return one_path() | {"fc3.w": np.array([[1.0], [0.0]]), "fc3.b": np.array([0.0, 5.0])}
