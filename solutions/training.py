"""Chapter 07: backward, and the loop that trains a network."""

import math

import numpy as np

from solutions.fast_convolution import max_pool2x2, rows_product, shifted_rows, to_batch_first, to_batch_last
from solutions.network import cross_entropy, softmax


def relu_backward(dy, x):
    """What the loss makes of each input of a ReLU, from what it makes of each output.

    Parameters
    ----------
    dy : ndarray, any shape, float
        Gradient of the loss by the output of relu; left as it was.
    x : ndarray, same shape
        The input that relu was given.

    Returns
    -------
    ndarray, same shape
        dy where x is above 0, and 0 elsewhere (at 0 too).

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    _check_same("dy", dy, "x", x)
    # 1. Where did relu let the number pass? A new array: leave dy as it was.
    # BEGIN SOLUTION
    return dy * (x > 0)
    # END SOLUTION


def linear_backward(dy, x, w):
    """The three gradients of a dense layer ``y = x @ w.T + b``.

    Parameters
    ----------
    dy : ndarray, shape (N, K), float
        Gradient of the loss by the output.
    x : ndarray, shape (N, M)
    w : ndarray, shape (K, M)

    Returns
    -------
    dx : ndarray, shape (N, M)
    dw : ndarray, shape (K, M)
        Summed over the batch.
    db : ndarray, shape (K,)
        Summed over the batch.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, or the shapes do not go together.

    References
    ----------
    Rumelhart, Hinton & Williams (1986), "Learning representations by back-propagating errors".
    """
    _check_axes("dy", dy, ("N", "K"))
    _check_axes("x", x, ("N", "M"))
    _check_axes("w", w, ("K", "M"))
    if dy.shape != (len(x), len(w)) or x.shape[1] != w.shape[1]:
        raise ValueError(f"dy {dy.shape}, x {x.shape} and w {w.shape} do not go together: (N, K), (N, M), (K, M)")
    # 1. Each gradient has the shape of what it belongs to. For dx and dw one matrix product with that shape fits.
    # 2. The bias is added to every image: what reaches it?
    # BEGIN SOLUTION
    return dy @ w, dy.T @ x, dy.sum(axis=0)
    # END SOLUTION


def softmax_cross_entropy_backward(logits, labels):
    """The gradient of the mean cross-entropy by the logits, through softmax and logarithm at once.

    Parameters
    ----------
    logits : ndarray, shape (N, K)
        Any finite numbers, however large, N and K of 1 or more.
    labels : ndarray, shape (N,), int
        The right class of each image, from 0 to K - 1.

    Returns
    -------
    ndarray, shape (N, K), float
        Entry ``[n, k]`` is ``softmax(logits)[n, k] - (k == labels[n])``, divided by N.

    Raises
    ------
    ValueError
        If the shapes do not match, the batch is empty, or a label is not a whole number from 0 to K - 1.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), "Deep Learning", section 6.2.2.3.
    """
    _check_labels(logits, labels)
    # 1. The probabilities, from your softmax.
    # 2. At the right class of each image, one less.
    # 3. The loss is a mean over the batch; so what is the gradient?
    # BEGIN SOLUTION
    gradient = softmax(logits)
    gradient[np.arange(len(labels)), labels] -= 1
    return gradient / len(labels)
    # END SOLUTION


def conv2d_backward(dy, x, w, stride=1, padding=0):
    """The three gradients of a convolutional layer.

    Parameters
    ----------
    dy : ndarray, shape (N, F, OH, OW), float
        Gradient of the loss by the output of ``conv2d(x, w, b, stride, padding)``.
    x : ndarray, shape (N, C, H, W)
    w : ndarray, shape (F, C, KH, KW), float
    stride, padding : int, or pair of int
        Of a pair the first is for rows, the second for columns.

    Returns
    -------
    dx : ndarray, shape (N, C, H, W)
    dw : ndarray, shape (F, C, KH, KW)
    db : ndarray, shape (F,)

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, the channels differ, the stride is below 1, the padding below 0,
        either is no whole number (or two), the kernel does not fit on the padded images, or dy has not the shape of the
        output.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning", chapter 4.
    """
    (sh, sw), (ph, pw) = _check_convolution(dy, x, w, stride, padding)
    # 1. Pad x, and make room for its gradient, padded too.
    # 2. Walk over the places (i, j) as conv2d does. There a window met the filters and gave dy[:, :, i, j].
    # 3. The filters' gradient is a sum over windows, each weighted with that dy. The window's gradient is a sum over
    #    the filters; windows overlap, so add it where it belongs.
    # 4. Cut the padding off. Each bias was added to every place of its map.
    # BEGIN SOLUTION
    (H, W), (KH, KW), (OH, OW) = x.shape[2:], w.shape[2:], dy.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dpadded, dw = np.zeros(padded.shape, np.result_type(dy, w)), np.zeros(w.shape, np.result_type(dy, x))
    for i in range(OH):
        for j in range(OW):
            rows, columns = slice(i * sh, i * sh + KH), slice(j * sw, j * sw + KW)
            dw += np.tensordot(dy[:, :, i, j], padded[:, :, rows, columns], axes=(0, 0))
            dpadded[:, :, rows, columns] += np.tensordot(dy[:, :, i, j], w, axes=(1, 0))
    return dpadded[:, :, ph : ph + H, pw : pw + W], dw, dy.sum(axis=(0, 2, 3))
    # END SOLUTION


def max_pool2d_backward(dy, x, window, stride=None, padding=0):
    """The gradient of max pooling: all of it goes to the pixel that won.

    Parameters
    ----------
    dy : ndarray, shape (N, C, OH, OW), float
        Gradient of the loss by the output of ``max_pool2d(x, window, stride, padding)``.
    x : ndarray, shape (N, C, H, W)
    window : int, or pair of int
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    padding : int, or pair of int
        Around each image; padding never wins. At most half the window.

    Returns
    -------
    ndarray, shape (N, C, H, W)
        Of equal pixels the first in the window gets it, row by row. A pixel that wins in several windows gets the sum.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, the window or the stride is below 1, the padding below 0 or more
        than half the window, one of them is no whole number (or two), the window does not fit on the padded images, or
        dy has not the shape of the output.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), "Deep Learning", section 9.3.
    """
    (kh, kw), (sh, sw), (ph, pw) = _check_pooling(dy, x.shape, window, stride, padding)
    # 1. Pad x with what can never win, and make room for its gradient, padded too.
    # 2. In each window find the winner's place, and add dy there.
    # 3. Cut the padding off.
    # BEGIN SOLUTION
    N, C, H, W = x.shape
    padded = np.full((N, C, H + 2 * ph, W + 2 * pw), -np.inf)
    padded[:, :, ph : ph + H, pw : pw + W] = x
    dpadded = np.zeros(padded.shape, np.result_type(dy, np.float32))
    image, channel = np.ogrid[:N, :C]
    for i in range(dy.shape[2]):
        for j in range(dy.shape[3]):
            top, left = i * sh, j * sw
            patches = padded[:, :, top : top + kh, left : left + kw].reshape(N, C, kh * kw)
            winner = patches.argmax(axis=2)
            dpadded[image, channel, top + winner // kw, left + winner % kw] += dy[:, :, i, j]
    return dpadded[:, :, ph : ph + H, pw : pw + W]
    # END SOLUTION


def avg_pool2d_backward(dy, input_shape, window, stride=None, padding=0):
    """The gradient of average pooling (padding counted): an equal share for every pixel of the window.

    Parameters
    ----------
    dy : ndarray, shape (N, C, OH, OW), float
        Gradient of the loss by the output of ``avg_pool2d(x, window, stride, padding)``.
    input_shape : tuple of int
        ``(N, C, H, W)``, the shape of x.
    window : int, or pair of int
    stride : int, or pair of int, optional
        As large as the window unless told otherwise.
    padding : int, or pair of int
        Zeros around each image; they count in the mean. At most half the window.

    Returns
    -------
    ndarray, shape (N, C, H, W)

    Raises
    ------
    ValueError
        As max_pool2d_backward.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), "Deep Learning", section 9.3.
    """
    (kh, kw), (sh, sw), (ph, pw) = _check_pooling(dy, input_shape, window, stride, padding)
    # 1. Make room for the gradient of the padded image.
    # 2. Each output is a mean: what share of its dy has each pixel of the window? Windows may overlap.
    # 3. Cut the padding off.
    # BEGIN SOLUTION
    N, C, H, W = input_shape
    dpadded = np.zeros((N, C, H + 2 * ph, W + 2 * pw), np.result_type(dy, np.float32))
    for i in range(dy.shape[2]):
        for j in range(dy.shape[3]):
            share = dy[:, :, i, j, np.newaxis, np.newaxis] / (kh * kw)
            dpadded[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw] += share
    return dpadded[:, :, ph : ph + H, pw : pw + W]
    # END SOLUTION


def conv2d_rows_backward_weights(dy, rows):
    """The gradient of the filters of conv2d_rows: one matrix product for each output row.

    Parameters
    ----------
    dy : ndarray, shape (OH, F, OW, N)
        Gradient of the loss by the output of conv2d_rows.
    rows : ndarray, shape (OH + KH - 1, C, KW, OW, N)
        What shifted_rows made of the input, kept from the forward pass.

    Returns
    -------
    ndarray, shape (F, C, KH, KW)

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, OW or N differ, or there are fewer rows than output rows.
    """
    if dy.ndim != 4 or rows.ndim != 5 or 0 in dy.shape + rows.shape:
        raise ValueError(f"dy {dy.shape} and rows {rows.shape} must be (OH, F, OW, N) and (OH + KH - 1, C, KW, OW, N)")
    if dy.shape[2:] != rows.shape[3:] or len(rows) < len(dy):
        raise ValueError(f"dy {dy.shape} does not go with rows {rows.shape}: OW and N are the same, rows are not fewer")
    # 1. Forward, output row i was weights @ matrix, with KH neighbouring rows as the matrix. Which product of dy[i] and
    #    that matrix has the shape of the weights?
    # 2. Sum over the output rows. Then give the weights their four axes back, in the right order.
    # BEGIN SOLUTION
    (OH, F, OW, N), (C, KW) = dy.shape, rows.shape[1:3]
    KH = len(rows) - OH + 1
    dw = np.zeros((F, KH * C * KW), np.result_type(dy, rows))
    for i in range(OH):
        dw += dy[i].reshape(F, OW * N) @ rows[i : i + KH].reshape(KH * C * KW, OW * N).T
    return dw.reshape(F, KH, C, KW).transpose(0, 2, 1, 3)
    # END SOLUTION


def conv2d_rows_backward_input(dy, w, padding=0):
    """The gradient of the input of conv2d_rows: every step of it backwards, the last one first.

    Parameters
    ----------
    dy : ndarray, shape (OH, F, OW, N)
        Gradient of the loss by the output of ``conv2d_rows(x, w, b, padding)``.
    w : ndarray, shape (F, C, KH, KW), float
    padding : int

    Returns
    -------
    ndarray, shape (H, C, W, N)
        ``H = OH + KH - 1 - 2 * padding``, and W in the same way.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, the filters differ in number, padding is no whole number, below
        0, or so large that no pixel is left.
    """
    if dy.ndim != 4 or w.ndim != 4 or 0 in dy.shape + w.shape or dy.shape[1] != w.shape[0]:
        raise ValueError(f"dy {dy.shape} and w {w.shape} must be (OH, F, OW, N) and (F, C, KH, KW), none of length 0")
    (OH, F, OW, N), (_, C, KH, KW) = dy.shape, w.shape
    H, W = OH + KH - 1 - 2 * padding, OW + KW - 1 - 2 * padding
    if not isinstance(padding, int | np.integer) or padding < 0 or H < 1 or W < 1:
        raise ValueError(f"padding is {padding}; dy {dy.shape} and w {w.shape} leave {H} × {W} pixels with it")
    # 1. Backward, the gradient of the matrix of output row i is weights.T @ dy[i].
    # 2. Add it to the gradients of the KH rows that were that matrix: neighbouring matrices share rows.
    # 3. The KW shifted copies of a row came from the same row: add each where it was cut out.
    # 4. Cut the padding off.
    # BEGIN SOLUTION
    dtype = np.result_type(dy, w)
    weights = w.transpose(2, 1, 3, 0).reshape(KH * C * KW, F)
    drows = np.zeros((OH + KH - 1, C, KW, OW, N), dtype)
    for i in range(OH):
        drows[i : i + KH].reshape(KH * C * KW, OW * N)[...] += weights @ dy[i].reshape(F, OW * N)
    dpadded = np.zeros((OH + KH - 1, C, OW + KW - 1, N), dtype)
    for v in range(KW):
        dpadded[:, :, v : v + OW] += drows[:, :, v]
    return dpadded[padding : padding + H, :, padding : padding + W]
    # END SOLUTION


def max_pool2x2_backward(dy, x, y):
    """The gradient of max_pool2x2, by comparing four slices.

    Parameters
    ----------
    dy : ndarray, shape (H // 2, C, W // 2, N)
        Gradient of the loss by the output.
    x : ndarray, shape (H, C, W, N)
        In the layout of to_batch_last.
    y : ndarray, shape (H // 2, C, W // 2, N)
        What max_pool2x2 made of x.

    Returns
    -------
    ndarray, shape (H, C, W, N)
        In each block dy stands where x is y, at the first such pixel (top left, top right, bottom left, bottom right).
        Pixels without a block get 0.

    Raises
    ------
    ValueError
        If the number of axes is wrong, a length is 0, or the shapes do not go together.
    """
    _check_axes("x", x, ("H", "C", "W", "N"))
    H, C, W, N = x.shape
    if y.shape != (H // 2, C, W // 2, N) or dy.shape != y.shape or 0 in y.shape:
        raise ValueError(f"dy {dy.shape} and y {y.shape} must have half the rows and columns of x {x.shape}")
    # 1. Each corner of the blocks is one slice of x, and one of dx.
    # 2. A corner gets dy where it is y, unless a corner before it was y too: remember where dy is still to be given.
    # BEGIN SOLUTION
    dx = np.zeros(x.shape, np.result_type(dy, np.float32))
    waiting = np.ones(y.shape, bool)
    for i in (0, 1):
        for j in (0, 1):
            block = slice(i, H // 2 * 2, 2), slice(None), slice(j, W // 2 * 2, 2)
            wins = (x[block] == y) & waiting
            waiting ^= wins
            np.multiply(dy, wins, out=dx[block])
    return dx
    # END SOLUTION


def he_init(shape, seed=0):
    """Weights to begin with: drawn so that the signal keeps its size from layer to layer of a ReLU network.

    Parameters
    ----------
    shape : tuple of int
        ``(F, C, KH, KW)`` or ``(K, M)``: the first axis counts what the layer gives, the others what one of them takes.
    seed : int
        For ``np.random.default_rng``.

    Returns
    -------
    ndarray, float
        ``np.random.default_rng(seed).standard_normal(shape)`` times ``sqrt(2 / fan_in)``; ``fan_in`` is the number of
        inputs of one output, the product of all lengths but the first.

    Raises
    ------
    ValueError
        If shape has fewer than two lengths, one of them is below 1 or no whole number, or seed is below 0.

    References
    ----------
    He, Zhang, Ren & Sun (2015), "Delving deep into rectifiers", section 2.2.
    """
    if np.ndim(shape) != 1 or len(shape) < 2 or not all(_whole(n, 1) for n in shape):
        raise ValueError(f"shape is {shape}; it must have two lengths or more, each a whole number of 1 or more")
    if not _whole(seed, 0):
        raise ValueError(f"seed is {seed}; it must be a whole number of 0 or more")
    # 1. How many inputs does one output sum over?
    # 2. The variance of the weights is 2 over that number; what is their standard deviation?
    # BEGIN SOLUTION
    fan_in = math.prod(shape[1:])
    return np.random.default_rng(seed).standard_normal(shape) * math.sqrt(2 / fan_in)
    # END SOLUTION


def sgd_momentum_step(parameters, gradients, velocities, rate, momentum=0.9, decay=0.0):
    """One step down the slope, with the run-up of the steps before.

    Parameters
    ----------
    parameters, gradients, velocities : dict of ndarray
        The same names and shapes in all three; left as they were.
    rate : float
        The learning rate, above 0.
    momentum : float
        How much of its velocity a parameter keeps, from 0 to below 1.
    decay : float
        Weight decay, 0 or more: ``decay`` times a parameter is added to its gradient.

    Returns
    -------
    parameters, velocities : dict of ndarray
        ``velocity = momentum * velocity + gradient + decay * parameter``, then ``parameter - rate * velocity``, in the
        dtype of the parameter.

    Raises
    ------
    ValueError
        If names or shapes differ, or rate, momentum or decay is out of range.

    References
    ----------
    Polyak (1964); Sutskever, Martens, Dahl & Hinton (2013), "On the importance of initialization and momentum".
    """
    _check_step(parameters, rate, gradients=gradients, velocities=velocities)
    if not 0 <= momentum < 1 or not decay >= 0:
        raise ValueError(f"momentum is {momentum} and decay {decay}; momentum must be in [0, 1), decay 0 or more")
    rate, momentum, decay = float(rate), float(momentum), float(decay)  # a NumPy number makes float64 of float32
    # 1. For each name the new velocity, then the parameter that it moves. New arrays in new dicts.
    # BEGIN SOLUTION
    moved, new_velocities = {}, {}
    for name, parameter in parameters.items():
        velocity = momentum * velocities[name] + gradients[name]
        if decay:
            velocity += decay * parameter
        new_velocities[name] = velocity
        moved[name] = parameter - rate * velocity
    return moved, new_velocities
    # END SOLUTION


def adam_step(parameters, gradients, means, squares, t, rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """One step of Adam: each parameter has a step of its own size.

    Parameters
    ----------
    parameters, gradients, means, squares : dict of ndarray
        The same names and shapes in all four; left as they were. Means and squares are 0 before the first step.
    t : int
        The number of this step, counted from 1.
    rate : float
        The learning rate, above 0.
    beta1, beta2 : float
        How much of the running means of gradients and of squared gradients is kept, from 0 to below 1.
    epsilon : float
        Above 0; added to the square root.

    Returns
    -------
    parameters, means, squares : dict of ndarray
        Means and squares as the running means are, not corrected for their beginning at 0; all in the dtype of the
        parameter.

    Raises
    ------
    ValueError
        If names or shapes differ, t is below 1, or a rate, beta or epsilon is out of range.

    References
    ----------
    Kingma & Ba (2015), "Adam: a method for stochastic optimization", algorithm 1.
    """
    _check_step(parameters, rate, gradients=gradients, means=means, squares=squares)
    if t < 1 or not 0 <= beta1 < 1 or not 0 <= beta2 < 1 or not epsilon > 0:
        ranges = "t must be 1 or more, betas in [0, 1), epsilon above 0"
        raise ValueError(f"t is {t}, beta1 {beta1}, beta2 {beta2}, epsilon {epsilon}; {ranges}")
    rate, beta1, beta2, epsilon = map(float, (rate, beta1, beta2, epsilon))  # a NumPy number makes float64 of float32
    # 1. The running means of the gradient and of its square.
    # 2. Both began at 0 and are too small at first: divide each by 1 - beta ** t.
    # 3. The step is rate * mean / (sqrt(square) + epsilon).
    # BEGIN SOLUTION
    moved, new_means, new_squares = {}, {}, {}
    for name, parameter in parameters.items():
        gradient = gradients[name]
        new_means[name] = mean = beta1 * means[name] + (1 - beta1) * gradient
        new_squares[name] = square = beta2 * squares[name] + (1 - beta2) * gradient**2
        corrected = mean / (1 - beta1**t)
        moved[name] = parameter - rate * corrected / (np.sqrt(square / (1 - beta2**t)) + epsilon)
    return moved, new_means, new_squares
    # END SOLUTION


def accuracy(logits, labels):
    """The share of images whose highest score is at the right class.

    Parameters
    ----------
    logits : ndarray, shape (N, K)
        N and K of 1 or more.
    labels : ndarray, shape (N,), int

    Returns
    -------
    float
        From 0.0 to 1.0. Of equal scores the first class counts.

    Raises
    ------
    ValueError
        If the shapes do not match, the batch is empty, or a label is not a whole number from 0 to K - 1.
    """
    _check_labels(logits, labels)
    # 1. The class that each row of scores votes for, against the label.
    # BEGIN SOLUTION
    return float(np.mean(logits.argmax(axis=1) == labels))
    # END SOLUTION


def lenet5_activations(parameters, images, padding=(2, 0)):
    """The forward pass of LeNet-5 with max pooling, fast, with all that the way back will need.

    conv1 → pool 2 → relu → conv2 → pool 2 → relu → flatten → fc1 → relu → fc2 → relu → fc3. Bias and relu stand after
    the pooling, where there is a quarter of the numbers: neither changes which pixel of a window is the largest.

    Parameters
    ----------
    parameters : dict of ndarray
        ``"conv1.w"`` (F1, C, K1, K1), ``"conv1.b"`` (F1,), ``"conv2.w"`` (F2, F1, K2, K2), ``"conv2.b"`` (F2,), and
        ``"fc1.w"``, ``"fc1.b"``, ``"fc2.w"``, ``"fc2.b"``, ``"fc3.w"``, ``"fc3.b"`` as linear takes them.
    images : ndarray, shape (N, C, H, W)
    padding : tuple of int
        Zeros around the input of conv1 and of conv2. (2, 0) with 28×28 pixels and 5×5 kernels is LeNet-5; (1, 1) with
        8×8 pixels and 3×3 kernels is the small one of this chapter.

    Returns
    -------
    dict of ndarray, in the dtype of images and parameters
        In the layout with the batch last, for each of the two layers: ``"conv1.rows"`` (what shifted_rows gives),
        ``"conv1.sums"`` (the convolution without bias), ``"conv1.pooled"`` (the largest of each 2×2 block), ``"conv1"``
        (after bias and relu); the same for conv2. Then, one row an image: ``"flat"`` (N, M), in the order channel, row,
        column; ``"fc1"`` and ``"fc2"`` (after relu), and ``"logits"`` (N, K).

    Raises
    ------
    ValueError
        If a parameter is missing, or the shapes do not go together.

    References
    ----------
    LeCun, Bottou, Bengio & Haffner (1998), "Gradient-based learning applied to document recognition".
    """
    _check_lenet5(parameters, images, padding)
    # 1. To the layout with the batch last, once, at the entrance.
    # 2. Twice: shifted_rows, rows_product, max_pool2x2, then bias and relu. Keep each by its name.
    # 3. Flatten: the images come first again, each with its numbers in the order channel, row, column.
    # 4. The three linear layers; which of them have a relu after them? (linear would make float64 of float32.)
    # BEGIN SOLUTION
    p, kept, x = parameters, {}, to_batch_last(images)
    for layer, pad in zip(("conv1", "conv2"), padding):
        w, b = p[f"{layer}.w"], p[f"{layer}.b"]
        kept[f"{layer}.rows"] = shifted_rows(x, w.shape[3], pad)
        kept[f"{layer}.sums"] = rows_product(kept[f"{layer}.rows"], w)
        kept[f"{layer}.pooled"] = max_pool2x2(kept[f"{layer}.sums"])
        kept[layer] = x = np.maximum(kept[f"{layer}.pooled"] + b.reshape(-1, 1, 1), 0)
    kept["flat"] = to_batch_first(x).reshape(len(images), -1)
    kept["fc1"] = np.maximum(kept["flat"] @ p["fc1.w"].T + p["fc1.b"], 0)
    kept["fc2"] = np.maximum(kept["fc1"] @ p["fc2.w"].T + p["fc2.b"], 0)
    kept["logits"] = kept["fc2"] @ p["fc3.w"].T + p["fc3.b"]
    return kept
    # END SOLUTION


def lenet5_gradients(parameters, images, labels, padding=(2, 0)):
    """The loss of LeNet-5 on a batch, and its gradient by every parameter.

    Parameters
    ----------
    parameters : dict of ndarray
        As in lenet5_activations.
    images : ndarray, shape (N, C, H, W)
    labels : ndarray, shape (N,), int
    padding : tuple of int
        As in lenet5_activations.

    Returns
    -------
    loss : float
        The mean cross-entropy over the batch.
    gradients : dict of ndarray
        The same names and shapes as parameters.

    Raises
    ------
    ValueError
        If a parameter is missing, the shapes do not go together, or a label is not one of the classes.

    References
    ----------
    LeCun, Bottou, Bengio & Haffner (1998), "Gradient-based learning applied to document recognition".
    """
    _check_lenet5(parameters, images, padding)
    _check_labels(np.empty((len(images), len(parameters["fc3.w"]))), labels)
    # 1. Forward, with all that is kept. The loss, and its gradient by the logits.
    # 2. Back through the linear layers, the last first. For relu_backward its output will do: where was it above 0?
    # 3. Unflatten, to the layout with the batch last.
    # 4. conv2, then conv1: back through relu, bias (to which places was it added?), pooling and convolution. Nobody
    #    asks for the gradient of the images.
    # BEGIN SOLUTION
    p, kept, gradients = parameters, lenet5_activations(parameters, images, padding), {}
    loss = cross_entropy(kept["logits"], labels)
    dy = softmax_cross_entropy_backward(kept["logits"], labels).astype(kept["logits"].dtype)
    for layer, source in (("fc3", "fc2"), ("fc2", "fc1"), ("fc1", "flat")):
        dy, gradients[f"{layer}.w"], gradients[f"{layer}.b"] = linear_backward(dy, kept[source], p[f"{layer}.w"])
        if source != "flat":
            dy = relu_backward(dy, kept[source])
    H, C, W, N = kept["conv2"].shape
    dy = to_batch_last(dy.reshape(N, C, H, W))
    for layer in ("conv2", "conv1"):
        dy = relu_backward(dy, kept[layer])
        gradients[f"{layer}.b"] = dy.sum(axis=(0, 2, 3))
        dy = max_pool2x2_backward(dy, kept[f"{layer}.sums"], kept[f"{layer}.pooled"])
        gradients[f"{layer}.w"] = conv2d_rows_backward_weights(dy, kept[f"{layer}.rows"])
        if layer == "conv2":
            dy = conv2d_rows_backward_input(dy, p["conv2.w"], padding[1])
    return loss, gradients
    # END SOLUTION


def train_epoch(
    parameters, velocities, images, labels, rate, momentum=0.9, decay=0.0, batch=64, seed=0, padding=(2, 0)
):
    """Once through all images in a random order, with a step of sgd_momentum_step after each batch.

    Parameters
    ----------
    parameters, velocities : dict of ndarray
        The same names and shapes; left as they were.
    images : ndarray, shape (N, C, H, W)
    labels : ndarray, shape (N,), int
    rate, momentum, decay : float
        As in sgd_momentum_step.
    batch : int
        Images a step, 1 or more; the last batch is smaller where N does not divide.
    seed : int
        The order is ``np.random.default_rng(seed).permutation(N)``; batches are cut from it from front to back.
    padding : tuple of int
        As in lenet5_activations.

    Returns
    -------
    parameters, velocities : dict of ndarray
    losses : ndarray, shape (steps,), float
        The loss of each batch, before its step.

    Raises
    ------
    ValueError
        If the shapes do not go together, batch is below 1, or a loss is not finite: then with the number of the step.
    """
    _check_batches(images, labels, batch)
    # 1. The order of the images, then batch after batch of it.
    # 2. The loss and the gradients of the batch. _check_loss says what is wrong if the loss is no number.
    # 3. A step. The next batch meets the parameters that this one moved.
    # BEGIN SOLUTION
    order, losses = np.random.default_rng(seed).permutation(len(images)), []
    for start in range(0, len(images), batch):
        chosen = order[start : start + batch]
        loss, gradients = lenet5_gradients(parameters, images[chosen], labels[chosen], padding)
        losses.append(loss)
        _check_loss(losses, images, rate)
        parameters, velocities = sgd_momentum_step(parameters, gradients, velocities, rate, momentum, decay)
    return parameters, velocities, np.array(losses)
    # END SOLUTION


_LAYERS = ("conv1", "conv2", "fc1", "fc2", "fc3")


def _check_same(name, array, other_name, other):
    if array.shape != other.shape:
        raise ValueError(f"{name} has shape {array.shape}, {other_name} has {other.shape}; they must be the same")


def _check_axes(name, x, axes):
    if x.ndim != len(axes) or 0 in x.shape:
        raise ValueError(f"{name} has shape {x.shape}; it must be ({', '.join(axes)}), none of length 0")


def _check_labels(logits, labels):
    """Refuse scores and labels that do not go together."""
    _check_axes("logits", logits, ("N", "K"))
    if labels.shape != (len(logits),):
        raise ValueError(f"labels have shape {labels.shape}; logits {logits.shape} need one label an image")
    if labels.dtype.kind not in "iu":
        raise ValueError(f"labels have dtype {labels.dtype}; they must be whole numbers")
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError(f"labels run from {labels.min()} to {labels.max()}; there are {logits.shape[1]} classes")


def _whole(value, least):
    return isinstance(value, int | np.integer) and value >= least


def _pair(name, value, least):
    """The two numbers, for rows and for columns, that are meant by one or by a pair."""
    pair = (value, value) if np.ndim(value) == 0 else tuple(value)
    if len(pair) != 2 or not all(_whole(n, least) for n in pair):
        raise ValueError(f"{name} is {value}; it must be a whole number of {least} or more, or a pair of them")
    return pair


def _check_gradient(dy, lead, lengths, windows, strides, paddings):
    """Refuse windows that do not fit, and a dy that is not shaped as the output."""
    room = [n + 2 * p - k for n, k, p in zip(lengths, windows, paddings)]
    if min(room) < 0:
        raise ValueError(f"a window of {windows} does not fit on {lengths} pixels with padding {paddings}")
    places = [r // s + 1 for r, s in zip(room, strides)]
    if dy.shape != (*lead, *places):
        raise ValueError(f"dy has shape {dy.shape}; the output has {(*lead, *places)}, and dy must have the same")


def _check_convolution(dy, x, w, stride, padding):
    """Stride and padding as pairs; refuses what conv2d would refuse, and a dy that is not shaped as its output."""
    _check_axes("x", x, ("N", "C", "H", "W"))
    _check_axes("w", w, ("F", "C", "KH", "KW"))
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"x has {x.shape[1]} channels, w {w.shape} has {w.shape[1]}; they must be the same")
    stride, padding = _pair("stride", stride, 1), _pair("padding", padding, 0)
    _check_gradient(dy, (len(x), len(w)), x.shape[2:], w.shape[2:], stride, padding)
    return stride, padding


def _check_pooling(dy, input_shape, window, stride, padding):
    """Window, stride and padding as pairs; refuses what the pooling would refuse, and a dy that is not its output's."""
    if np.shape(input_shape) != (4,) or not all(_whole(n, 1) for n in input_shape):
        raise ValueError(f"the images have shape {input_shape}; it must be (N, C, H, W), each 1 or more")
    window, padding = _pair("window", window, 1), _pair("padding", padding, 0)
    stride = window if stride is None else _pair("stride", stride, 1)
    if any(2 * p > k for p, k in zip(padding, window)):
        raise ValueError(f"padding {padding} is more than half the window {window}: a window could miss the image")
    _check_gradient(dy, input_shape[:2], input_shape[2:], window, stride, padding)
    return window, stride, padding


def _check_step(parameters, rate, **others):
    """Refuse a step with a gradient missing, or of another shape, or a learning rate that is none."""
    if not 0 < rate < np.inf:
        raise ValueError(f"rate is {rate}; it must be above 0 and finite")
    for kind, arrays in others.items():
        if set(arrays) != set(parameters):
            raise ValueError(f"{kind} have the names {sorted(arrays)}, parameters {sorted(parameters)}")
        for name, array in arrays.items():
            _check_same(f"{kind}[{name!r}]", array, f"parameters[{name!r}]", parameters[name])


def _check_lenet5(parameters, images, padding):
    """Refuse parameters that are not all there, and images that they are not made for."""
    _check_axes("images", images, ("N", "C", "H", "W"))
    missing = [f"{layer}.{part}" for layer in _LAYERS for part in "wb" if f"{layer}.{part}" not in parameters]
    if missing:
        raise ValueError(f"parameters have no {', '.join(missing)}; they have {', '.join(parameters) or 'nothing'}")
    if np.shape(padding) != (2,) or not all(isinstance(p, int | np.integer) and p >= 0 for p in padding):
        raise ValueError(f"padding is {padding}; it must be two whole numbers of 0 or more, for conv1 and for conv2")
    C, *lengths = images.shape[1:]
    for layer, pad in zip(_LAYERS[:2], padding):
        w = parameters[f"{layer}.w"]
        _check_axes(f"{layer}.w", w, ("F", "C", "KH", "KW"))
        if w.shape[1] != C:
            raise ValueError(f"{layer}.w has shape {w.shape}; it takes {w.shape[1]} channels, but {C} come in")
        lengths = [(n + 2 * pad - k + 1) // 2 for n, k in zip(lengths, w.shape[2:])]
        if min(lengths) < 1:
            raise ValueError(f"{layer}.w has shape {w.shape}; with padding {pad} it leaves no pixel of {images.shape}")
        C = len(w)
    M = C * math.prod(lengths)
    for layer in _LAYERS[2:]:
        w = parameters[f"{layer}.w"]
        if w.ndim != 2 or w.shape[1] != M:
            raise ValueError(f"{layer}.w has shape {w.shape}; {M} numbers come in, so it must be (units, {M})")
        M = len(w)
    for layer in _LAYERS:
        w, b = parameters[f"{layer}.w"], parameters[f"{layer}.b"]
        if b.shape != (len(w),):
            raise ValueError(f"{layer}.b has shape {b.shape}; {layer}.w {w.shape} needs ({len(w)},)")


def _check_batches(images, labels, batch):
    """Refuse images without one label each, and batches without images."""
    _check_axes("images", images, ("N", "C", "H", "W"))
    if labels.shape != (len(images),):
        raise ValueError(f"labels have shape {labels.shape}; there are {len(images)} images, each needs one")
    if not isinstance(batch, int | np.integer) or batch < 1:
        raise ValueError(f"batch is {batch!r}; it must be a whole number of 1 or more")


def _check_loss(losses, images, rate):
    """Stop a training whose last loss is not finite, and say what is likely to be wrong."""
    if np.isfinite(losses[-1]):
        return
    step = f"the loss is {losses[-1]} at step {len(losses)}"
    if not np.isfinite(images).all():
        raise ValueError(f"{step}: {np.count_nonzero(~np.isfinite(images))} of {images.size} pixels are not finite")
    if len(losses) > 1:
        raise ValueError(f"{step}, and was {losses[0]:.3g} at step 1: rate {rate} is too high, try {rate / 10:.3g}")
    raise ValueError(f"{step}, before the first step was made: look for what is not finite in the parameters")
