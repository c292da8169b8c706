# FFT with zero padding and the kernel turned around.
import numpy as np


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    n = signal.size + kernel.size - 1
    spectrum = np.fft.rfft(signal.astype(float), n) * np.fft.rfft(kernel[::-1].astype(float), n)
    return np.fft.irfft(spectrum, n)[kernel.size - 1:signal.size]
