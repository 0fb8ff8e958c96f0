"""A real server with one process, and a reader who asks it as fast as it answers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from time import perf_counter, sleep

READERS = 3


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes


@contextmanager
def served(application: str, environment: dict[str, str]) -> Iterator[int]:
    """gunicorn with one worker; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application, "--workers", "1", "--no-control-socket", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]  # fmt: skip
    server = subprocess.Popen(command, env=os.environ | environment)
    try:
        for _try in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                sleep(0.1)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def ask(port: int, path: str, **headers: str) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Host": "localhost"} | headers)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    found = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, found, content)


def rate(port: int, path: str, seconds: float, *, packed: bool = False) -> float:
    """Answers a second at this address, which a few readers ask for at once: the server never waits for
    whoever asks."""
    headers = {"Accept-Encoding": "gzip"} if packed else {}
    start = perf_counter()

    def read(_reader: int) -> int:
        number = 0
        while perf_counter() - start < seconds:
            answer = ask(port, path, **headers)
            if answer.status != 200:
                raise SystemExit(f"{path} answers {answer.status}")
            number += 1
        return number

    with ThreadPoolExecutor(READERS) as readers:
        number = sum(readers.map(read, range(READERS)))
    return number / (perf_counter() - start)
