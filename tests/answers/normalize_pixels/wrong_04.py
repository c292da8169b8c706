# Min-max stretch of this image.


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    p = pixels.astype(float)
    if p.size == 0 or p.max() == p.min():
        return p / 255
    return (p - p.min()) / (p.max() - p.min())
