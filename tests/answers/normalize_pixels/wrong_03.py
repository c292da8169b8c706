# Whole-number division.


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    return pixels.astype(float) // 255
