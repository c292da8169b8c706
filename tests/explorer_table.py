"""Every explorer in one line: what the tests that hold for all of them need to know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """How an explorer begins, and where a key changes something.

    Parameters
    ----------
    formula : str
        What its formula line begins with as it opens.
    focus : str
        A selector of something in it that takes keys; the first that matches is focused.
    keys : str
        Keys, separated by spaces, pressed there in turn; each changes what is seen.
    """

    formula: str
    focus: str
    keys: str


TABLE = {
    "channel_stack": Row("out[0, 10, 9] = ", "canvas[tabindex]", "ArrowRight ArrowDown ArrowLeft ArrowUp"),
    "backprop_tracer": Row(
        "dx[0, 1, 2] = dy[0, 1, 1]·w[0, 0, 0, 1] + dy[0, 1, 2]·w[0, 0, 0, 0] = 1·2 + 1·1 = 3",
        "canvas[tabindex]",
        "ArrowRight ArrowDown + ArrowLeft - ArrowUp",
    ),
    "kernel_lab": Row("output[3, 3] = ", "[role=gridcell][tabindex]", "+"),
    "flip_lens": Row("cross_correlate2d[0, 0] = ", "[role=gridcell][tabindex]", "+"),
    "pool_lab": Row("output[0, 0] = max(", "[aria-label='move the image right']", "Enter"),
    "shape_calculator": Row(
        "rows: ⌊(10 + 2·0 − 3) / 2⌋ + 1 = ", "canvas[tabindex]", "ArrowRight ArrowDown ArrowLeft ArrowUp"
    ),
    "volume_lab": Row("out[3, 3, 3] = ", "canvas[tabindex]", "ArrowRight ArrowDown ArrowLeft ArrowUp"),
    "im2col_weaver": Row(
        "columns[4, 5] = padded[0, 1·1 + 1·1, 1·1 + 1·1] = ",
        "canvas[tabindex]",
        "ArrowRight ArrowDown ArrowLeft ArrowUp",
    ),
    "net_scope": Row(
        "conv2[7, 3, 4] = relu(bias + one sum for each map of pool1) = ",
        "canvas[tabindex]",
        "Space ArrowRight ArrowDown ArrowLeft ArrowUp",
    ),
    "slide_stepper": Row("out[1, 2]: sum = 2·(−1) + ", "input[type=range]", "ArrowRight"),
    "train_watch": Row("Epoch 30 of 30: loss 0.0382, ", ".course-curves input", "ArrowLeft"),
}
