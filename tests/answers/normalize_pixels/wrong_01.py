# Divides by the brightest pixel of this image.


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    top = pixels.max() if pixels.size else 1
    return pixels.astype(float) / float(top) if top else pixels.astype(float)
