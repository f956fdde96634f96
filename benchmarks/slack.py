"""Two Slacks on this machine: one says yes to everything, the other takes what it is told and never answers."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

YES = json.dumps({"ok": True, "channel": {"id": "D1"}}).encode()


class _Agreeable(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(YES)))
        self.end_headers()
        self.wfile.write(YES)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def answering() -> Iterator[str]:
    """The address of the one that says yes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Agreeable)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def hanging() -> Iterator[str]:
    """The address of the one that never answers."""
    taken: list[socket.socket] = []

    def take() -> None:
        with suppress(OSError):
            while True:
                taken.append(server.accept()[0])

    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/api/"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
    for each in taken:
        each.close()
