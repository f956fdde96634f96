"""Asks as Slack does, over connections that stay open, from a process of its own, so that asking slows nobody."""

import multiprocessing
import socket
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from time import perf_counter

from tests.twins.signing import Signed

WAITS_SECONDS = 30

Asked = tuple[int, Signed]
"""The port to ask at, and what."""


def times(asked: Sequence[Asked], *, at_once: int = 1) -> list[float]:
    """Milliseconds until each was answered, in the same order; so many are under way at the same moment."""
    raw = [(port, _raw(signed)) for port, signed in asked]
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        return apart.submit(_ask_all, raw, at_once).result()


def _raw(signed: Signed) -> bytes:
    headers = {"Host": "127.0.0.1", "Content-Length": str(len(signed.body)), **signed.headers}
    lines = ["POST /slack/events HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + signed.body


def _ask_all(raw: Sequence[tuple[int, bytes]], at_once: int) -> list[float]:
    share = [raw[n::at_once] for n in range(at_once)]
    with ThreadPoolExecutor(at_once) as crowd:
        each = list(crowd.map(_one_after_another, share))
    return [each[n % at_once][n // at_once] for n in range(len(raw))]


def _one_after_another(raw: Sequence[tuple[int, bytes]]) -> list[float]:
    lines: dict[int, socket.socket] = {}
    taken = []
    for port, request in raw:
        began = perf_counter()
        line = lines.pop(port, None) or socket.create_connection(("127.0.0.1", port), WAITS_SECONDS)
        line.sendall(request)
        head = _answer(line)
        taken.append((perf_counter() - began) * 1000)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"Answered by {head.splitlines()[0].decode()}")
        if b"\r\nconnection: close" in head.lower():
            line.close()
        else:
            lines[port] = line
    for line in lines.values():
        line.close()
    return taken


def _answer(line: socket.socket) -> bytes:
    """The head of an answer that was read to its end."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += _more(line)
    head, _, body = read.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"\r\ncontent-length:")[2].split()[0])
    while len(body) < length:
        body += _more(line)
    return head


def _more(line: socket.socket) -> bytes:
    read = line.recv(65536)
    if not read:
        raise ConnectionError("The answer broke off")
    return read
