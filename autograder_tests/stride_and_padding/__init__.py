"""Chapter 02: how far the window steps, and what lies around the image."""

EXERCISES = (
    "output_size",
    "same_padding",
    "pad2d",
    "dilate_kernel",
    "conv2d_single",
    "receptive_field",
)
