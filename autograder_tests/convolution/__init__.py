"""Chapter 01: sliding, dot product, feature map."""

EXERCISES = (
    "window_sum",
    "cross_correlate1d",
    "cross_correlate2d",
    "convolve2d",
    "edge_kernels",
    "gradient_magnitude",
    "dense_parameter_count",
    "conv_parameter_count",
)
