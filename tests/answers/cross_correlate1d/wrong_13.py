# FFT of length L without turning the spectrum (multiplies instead of conjugating), so it convolves circularly.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    n = signal.size
    full = np.fft.irfft(np.fft.rfft(signal, n) * np.fft.rfft(kernel, n), n)
    return full[:n - kernel.size + 1]
