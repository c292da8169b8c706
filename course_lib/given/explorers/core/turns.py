"""Whose turn it is in a kernel: what may take long belongs to the thread that runs the cells, and can be stopped."""

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Iterator


def to_this_thread() -> Callable[..., None]:
    """A way to have something called in this thread, from any other.

    A page's messages may come in a thread of their own. Called in a cell, this gives ``later(action, *arguments)``,
    which has the action done when the cells leave room for it; outside a kernel it is done at once.
    """
    try:
        return asyncio.get_running_loop().call_soon_threadsafe
    except RuntimeError:
        return lambda action, *arguments: action(*arguments)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let the stop button raise KeyboardInterrupt, as it does in a cell; between cells a kernel ignores it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
