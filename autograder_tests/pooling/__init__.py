"""Chapter 04: keep the strongest, or the mean, and see what is lost."""

EXERCISES = (
    "max_pool2d",
    "avg_pool2d",
    "global_avg_pool2d",
    "average_kernel",
    "max_pool2d_with_argmax",
    "max_unpool2d",
    "shift_sensitivity",
)
