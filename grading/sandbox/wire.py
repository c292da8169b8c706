"""Values as frames of bytes, and back, for two sides of which one is not trusted.

A frame is two lengths, a JSON header that describes the value, and the raw bytes of its arrays. Both lengths are
checked before anything is allocated for them; the header's length bounds the number of items. Nothing is unpickled or
evaluated. The grader's box runs this file as it stands.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

from grading.sandbox.values import PAYLOAD_LIMIT, DoesNotFit, Payload, describe, rebuild

LENGTHS = struct.Struct("=II")  # of the header, of the arrays' bytes
ORDER = struct.Struct("=cq")  # what the nursery is asked: START or KILL, and a process id
REPLY = struct.Struct("=q")  # what it answers: a process id, or a wait status
START, KILL = b"s", b"k"

HEADER_LIMIT = 1 << 18  # 20,000 numbers in lists; right results are arrays, or a few numbers
SOURCES_LIMIT = 16 << 20  # a header that carries a learner's files; only the box accepts one so long


class BadFrame(Exception):
    """What came over the wire is no frame of ours."""


def encode(value: Any, header_limit: int = HEADER_LIMIT, foreign: bool = True) -> bytes:
    """One frame that holds ``value``; what cannot travel becomes a Foreign.

    Raises
    ------
    DoesNotFit
        If it is longer than the reader would accept, or nested too deeply.
    TypeError
        Without ``foreign``, if something in it cannot travel.
    """
    buffers: list[bytes] = []
    header = json.dumps(describe(value, buffers, foreign)).encode("ascii")
    payload = sum(map(len, buffers))
    if len(header) > header_limit:
        raise DoesNotFit(f"its description takes {len(header):,} bytes; at most {header_limit:,} are taken")
    if payload > PAYLOAD_LIMIT:
        raise DoesNotFit(f"its arrays take {payload:,} bytes; at most {PAYLOAD_LIMIT:,} are taken")
    return b"".join([LENGTHS.pack(len(header), payload), header, *buffers])


def read_value(receive: Callable[[int], bytes], header_limit: int = HEADER_LIMIT) -> Any:
    """Read one frame; ``receive(n)`` gives exactly ``n`` bytes, or raises.

    Raises
    ------
    BadFrame
        If a length is over its limit, or the bytes do not describe a value.
    """
    header_length, payload_length = LENGTHS.unpack(receive(LENGTHS.size))
    if header_length > header_limit or payload_length > PAYLOAD_LIMIT:
        raise BadFrame(f"a frame announces {header_length:,} and {payload_length:,} bytes")
    header, payload = receive(header_length), Payload(receive(payload_length))
    try:
        value = rebuild(json.loads(header), payload)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadFrame(f"a frame cannot be read: {error}") from error
    if payload.left:
        raise BadFrame(f"a frame ends with {payload.left:,} bytes that belong to no array")
    return value
