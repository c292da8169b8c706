# Standardises: subtracts the mean and divides by the standard deviation.


def normalize_pixels(pixels):
    if pixels.size and (pixels.min() < 0 or pixels.max() > 255):
        raise ValueError(f"pixels run from {pixels.min()} to {pixels.max()}; they must lie in 0 to 255")
    p = pixels.astype(float)
    if p.size == 0:
        return p
    return (p - p.mean()) / (p.std() + 1e-12)
