"""A receiver that means ill cannot hold up what is sent to the others."""

import socket
import time
from collections.abc import Iterator
from threading import Thread

import pytest

from domain.failures.errors import NoticeError
from notices.address import Address
from notices.posting import UNREACHABLE, Target, post

_DRIP_SECONDS = 0.1
_DRIPS = 100


@pytest.fixture
def dripping() -> Iterator[str]:
    """The address of a server that sends one byte of a header at a time, each well within the timeout."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            try:
                for sign in b"HTTP/1.1 200 OK\r\nX: " + b"a" * _DRIPS:
                    connection.send(bytes([sign]))
                    time.sleep(_DRIP_SECONDS)
            except OSError:
                return

    thread = Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    listener.close()
    thread.join()


def test_a_receiver_that_answers_byte_by_byte_is_cut_off_in_time(dripping: str):
    began = time.monotonic()

    with pytest.raises(NoticeError) as refused:
        post(Target(address=Address.parse(dripping), timeout_seconds=0.5, intranet=True), b"{}", {})

    assert refused.value.reason == UNREACHABLE
    assert time.monotonic() - began < _DRIPS * _DRIP_SECONDS / 2
