# Slices by hand, in float, own check.


def gradient_magnitude(image):
    if min(image.shape) < 3:
        raise ValueError("at least 3 by 3, please")
    a = image.astype(float)
    gx = a[:-2, 2:] + 2 * a[1:-1, 2:] + a[2:, 2:] - a[:-2, :-2] - 2 * a[1:-1, :-2] - a[2:, :-2]
    gy = a[2:, :-2] + 2 * a[2:, 1:-1] + a[2:, 2:] - a[:-2, :-2] - 2 * a[:-2, 1:-1] - a[:-2, 2:]
    return (gx * gx + gy * gy) ** 0.5
