"""Chapter 03: sum over channels, or slide along a third axis."""

EXERCISES = (
    "conv2d_one_filter",
    "conv2d",
    "conv1x1",
    "conv3d_single",
    "conv3d",
    "conv_layer_cost",
)
