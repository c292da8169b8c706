# Checks only the upper end.


def normalize_pixels(pixels):
    if pixels.size and pixels.max() > 255:
        raise ValueError("too bright")
    return pixels.astype(float) / 255
