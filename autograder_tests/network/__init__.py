"""Chapter 05: a whole network, forward."""

EXERCISES = (
    "relu",
    "flatten",
    "linear",
    "softmax",
    "cross_entropy",
    "layer_shapes",
    "lenet5_forward",
    "predict",
)
