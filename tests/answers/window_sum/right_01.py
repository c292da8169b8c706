# Einsum in float64, returned as a numpy scalar.
import numpy as np


def window_sum(patch, kernel):
    if patch.shape != kernel.shape:
        raise ValueError(f"patch has shape {patch.shape}, kernel {kernel.shape}; they must be the same")
    return np.einsum("uv,uv->", patch, kernel, dtype=np.float64, casting="unsafe")[()]
