"""Any WebSocket client can read the frames that are made once for all."""

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from rescue_console.server.events.frames import FRAMES_EXTENSION, frame_writer, text_frame


@pytest.mark.parametrize("size", [2, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_client_reads_back_the_whole_message(size: int) -> None:
    message = b"{" + b"x" * (size - 2) + b"}"
    client = ClientProtocol(parse_uri("ws://127.0.0.1/"), state=State.OPEN, max_size=None)

    client.receive_data(text_frame(message))

    assert client.events_received() == [Frame(Opcode.TEXT, message, fin=True)]


def test_a_server_without_the_extension_writes_no_frame() -> None:
    assert frame_writer({})(b"") is False
    assert frame_writer({"extensions": None})(b"") is False


def test_a_server_with_the_extension_writes_the_frame() -> None:
    written: list[bytes] = []

    def write(frame: bytes) -> bool:
        written.append(frame)
        return True

    assert frame_writer({"extensions": {FRAMES_EXTENSION: write}})(b"frame") is True
    assert written == [b"frame"]
