"""Chapter 06: the same convolution, faster."""

EXERCISES = (
    "im2col",
    "col2im",
    "conv2d_im2col",
    "to_batch_last",
    "to_batch_first",
    "shifted_rows",
    "rows_product",
    "conv2d_rows",
    "max_pool2x2",
    "conv2d_fft",
    "winograd_1d",
    "conv2d_winograd",
    "conv3d_winograd",
    "conv2d_fast",
)
