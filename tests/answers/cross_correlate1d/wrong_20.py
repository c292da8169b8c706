# The answer is a plain Python list, not an ndarray.


def cross_correlate1d(signal, kernel):
    if kernel.size > signal.size:
        raise ValueError(f"the kernel has {kernel.size} entries, the signal only {signal.size}; it fits nowhere")
    k = kernel.tolist()
    s = signal.tolist()
    return [sum(float(a) * float(b) for a, b in zip(s[i:], k)) for i in range(len(s) - len(k) + 1)]
