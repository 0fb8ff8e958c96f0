"""A proxy in front of a real server that fails as servers and networks do."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import sleep
from urllib.parse import urlsplit

#: Headers without which the client takes a server for no Elasticsearch.
_ANSWER = (
    "HTTP/1.1 {status} {reason}\r\nContent-Type: application/json\r\n"
    "X-Elastic-Product: Elasticsearch\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
)
_ERRORS = {
    429: ("Too Many Requests", "es_rejected_execution_exception"),
    503: ("Service Unavailable", "cluster_block_exception"),
    507: ("Insufficient Storage", "disk_usage_exceeded_exception"),
}


class FaultyProxy:
    """`fault` is "" (passes everything on), "stopped", "slow", "cut", or a status that it answers with."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self.target = (parts.hostname or "127.0.0.1", parts.port or 9200)
        self.fault: str | int = ""
        self.delay = 1.0
        #: How many connections were made; faults included.
        self.asked = 0
        #: What the last requests said.
        self.heard = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @contextmanager
    def failing(self, fault: str | int) -> Iterator[None]:
        self.set(fault)
        yield
        self.set("")

    def set(self, fault: str | int) -> None:
        """From now on; connections that are open end, as with a server that goes or comes back."""
        self.fault = fault
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.close()
        self.set("stopped")

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                reader, _address = self._listener.accept()
                self.asked += 1
                threading.Thread(target=self._serve, args=[reader], daemon=True).start()

    def _serve(self, reader: socket.socket) -> None:
        with suppress(OSError), reader:
            if self.fault == "stopped":
                # Reset instead of closed, as by a machine on which nobody listens.
                reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                return
            if self.fault == "slow":
                sleep(self.delay)
                return
            if isinstance(self.fault, int):
                reader.recv(65536)
                reader.sendall(_error(self.fault))
                return
            with socket.create_connection(self.target) as server:
                self._open |= {reader, server}
                back = threading.Thread(target=self._copy, args=[server, reader], daemon=True)
                back.start()
                self._copy(reader, server)
                back.join()
                self._open -= {reader, server}

    def _copy(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self.fault == "cut" and source.getpeername() == self.target:
                    sink.sendall(data[: len(data) // 2])
                    break
                if source.getpeername() != self.target:
                    self.heard = (self.heard + data)[-65536:]
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def _error(status: int) -> bytes:
    reason, kind = _ERRORS[status]
    body = json.dumps({"error": {"type": kind, "reason": kind}, "status": status}).encode()
    return _ANSWER.format(status=status, reason=reason, length=len(body)).encode() + body
