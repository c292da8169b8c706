"""Chapter 07: backward, and the loop that trains a network."""

EXERCISES = (
    "relu_backward",
    "linear_backward",
    "softmax_cross_entropy_backward",
    "conv2d_backward",
    "max_pool2d_backward",
    "avg_pool2d_backward",
    "conv2d_rows_backward_weights",
    "conv2d_rows_backward_input",
    "max_pool2x2_backward",
    "he_init",
    "sgd_momentum_step",
    "adam_step",
    "accuracy",
    "lenet5_activations",
    "lenet5_gradients",
    "train_epoch",
)
