"""Somebody with TURN credentials who asks a TURN server for whatever they like."""

import hashlib
import socket
from collections.abc import Mapping
from types import TracebackType
from typing import Final, Self

from aioice import stun

from rescue_console.protocol.answers import IceServer

WAIT_S = 20.0
UDP_RELAY: Final = 0x11000000
TCP_RELAY: Final = 0x06000000
_FAMILY: Final = "REQUESTED-ADDRESS-FAMILY"
_entry = (0x0017, _FAMILY, stun.pack_unsigned, stun.unpack_unsigned)
stun.ATTRIBUTES_BY_NAME[_FAMILY] = stun.ATTRIBUTES_BY_TYPE[_entry[0]] = _entry

OK: Final = 0
"""What stands for success among the codes of errors."""


class TurnClient:
    """A client of a TURN server; use it as a context manager.

    Attributes:
        relayed: The address of the relay that it has.
    """

    def __init__(self, address: tuple[str, int], credentials: IceServer, *, tcp: bool = False):
        kind = socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM
        self._socket = socket.socket(socket.AF_INET, kind)
        self._socket.settimeout(WAIT_S)
        self._socket.connect(address)
        self._tcp = tcp
        self._credentials = credentials
        self._realm, self._nonce = "", b""
        self._early: list[stun.Message] = []
        self.relayed = ("", 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def allocate(self, *, transport: int = UDP_RELAY, ipv6: bool = False) -> int:
        """Ask for a relay; return the error's code, or ``OK``."""
        wanted = {"REQUESTED-TRANSPORT": transport, _FAMILY: (2 if ipv6 else 1) << 24}
        answer = self._ask(stun.Method.ALLOCATE, wanted)
        self.relayed = answer.attributes.get("XOR-RELAYED-ADDRESS", ("", 0))
        return answer.error_code or OK

    def refresh(self) -> int:
        """Ask to keep the relay; return the error's code, or ``OK``."""
        return self._ask(stun.Method.REFRESH, {"LIFETIME": 600}).error_code or OK

    def permit(self, host: str) -> int:
        """Ask to be allowed to exchange packets with *host*, to which nothing is sent yet."""
        asked = {"XOR-PEER-ADDRESS": (host, 80)}
        return self._ask(stun.Method.CREATE_PERMISSION, asked).error_code or OK

    def bind(self, host: str) -> int:
        """Ask for a channel to *host*, to which nothing is sent yet."""
        asked = {"CHANNEL-NUMBER": 0x4000, "XOR-PEER-ADDRESS": (host, 80)}
        return self._ask(stun.Method.CHANNEL_BIND, asked).error_code or OK

    def send(self, peer: tuple[str, int], data: bytes) -> None:
        """Send *data* from the relay to *peer*."""
        sent = stun.Message(stun.Method.SEND, stun.Class.INDICATION)
        sent.attributes = {"XOR-PEER-ADDRESS": peer, "DATA": data}
        self._socket.sendall(bytes(sent))

    def receive(self) -> tuple[tuple[str, int], bytes]:
        """Return the next packet that has come to the relay, and who sent it."""
        told = self._early.pop(0) if self._early else self._read()
        return told.attributes["XOR-PEER-ADDRESS"], told.attributes["DATA"]

    def _ask(self, method: stun.Method, attributes: Mapping[str, object]) -> stun.Message:
        answer = self._answer(method, attributes)
        if answer.error_code in (401, 438) and "NONCE" in answer.attributes:
            self._realm = answer.attributes["REALM"]
            self._nonce = answer.attributes["NONCE"]
            answer = self._answer(method, attributes)
        return answer

    def _answer(self, method: stun.Method, attributes: Mapping[str, object]) -> stun.Message:
        asked = stun.Message(method, stun.Class.REQUEST)
        asked.attributes = dict(attributes)
        if self._nonce:
            user, word = self._credentials.username or "", self._credentials.credential or ""
            asked.attributes |= {"USERNAME": user, "REALM": self._realm, "NONCE": self._nonce}
            # The scheme of the standard, RFC 8489 section 9.2.2.
            key = hashlib.md5(f"{user}:{self._realm}:{word}".encode(), usedforsecurity=False)
            asked.add_message_integrity(key.digest())
        self._socket.sendall(bytes(asked))
        while True:
            answer = self._read()
            if answer.transaction_id == asked.transaction_id:
                return answer
            self._early.append(answer)

    def _read(self) -> stun.Message:
        if not self._tcp:
            return stun.parse_message(self._socket.recv(65_536))
        head = self._exactly(20)
        return stun.parse_message(head + self._exactly(int.from_bytes(head[2:4], "big")))

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            more = self._socket.recv(count - len(data))
            assert more, "the TURN server has hung up"
            data += more
        return data
