# Refuses 255 itself.


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() >= 255):
        raise ValueError("out of range")
    return pixels.astype(float) / 255
