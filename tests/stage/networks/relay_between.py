"""A malicious server between customers and the real one, able to read and change what passes.

Customers reach it as they would the real server. It passes on everything that it does not attack.
It can announce its own certificate in place of the console's, and it can terminate the encryption
on both sides, so that it reads what the relay carries and sees the customer's screen. Then it
agrees on a security code with either side, as that side expects it.
"""

import asyncio
import json
import os
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import requests
import uvicorn
from aiortc import RTCCertificate, RTCPeerConnection, RTCSessionDescription
from aiortc.sdp import candidate_from_sdp
from litestar import HttpMethod, Litestar, Request, Response, WebSocket, route, websocket
from litestar.exceptions import WebSocketDisconnect
from litestar.params import FromPath
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from rescue_console.desktop.media.certificate import Certificate, make_certificate
from rescue_console.desktop.media.descriptions import write_answer
from rescue_console.desktop.workspace.section.code_fields import add_value
from rescue_console.peer.secure_channel import ChannelClosed, SecureChannel, applet_tls
from rescue_console.protocol.security_code import VALUE_BYTES, commitment

WAIT_S = 60.0
HANDED_ON = ("cookie", "origin", "accept-language")
NOT_HANDED_BACK = {"content-length", "content-encoding", "transfer-encoding", "connection"}
ENDS = (WebSocketDisconnect, ConnectionClosed, ChannelClosed)
Socket = WebSocket[Any, Any, Any]


@dataclass
class RelayBetween:
    """The malicious server: what it does, and what it has read.

    Attributes:
        port: The port where customers reach it.
        announces: Whether it announces its own certificate in place of the console's.
        terminates: Whether it terminates the encryption on both sides.
        server_port: The real server's port.
        session_id: The session that it attacks.
        certificate: Its own certificate.
        read: The decrypted bytes that the relay carried.
    """

    port: int
    announces: bool = True
    terminates: bool = True
    server_port: int = 0
    session_id: str = ""
    certificate: Certificate = field(default_factory=make_certificate)
    read: bytearray = field(default_factory=bytearray)

    @property
    def url(self) -> str:
        """The address where customers reach it."""
        return f"http://127.0.0.1:{self.port}"

    async def hand_on(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """Let the real server answer."""
        body = await request.body()
        answer = await asyncio.to_thread(
            requests.request,
            request.method,
            f"http://127.0.0.1:{self.server_port}{request.url.path}?{request.url.query}",
            headers=dict(request.headers),
            data=body,
            allow_redirects=False,
            timeout=WAIT_S,
        )
        kept = {k: v for k, v in answer.headers.items() if k.lower() not in NOT_HANDED_BACK}
        media_type = kept.pop("Content-Type", None)
        return Response(
            answer.content, status_code=answer.status_code, headers=kept, media_type=media_type
        )

    def call(self, socket: Socket) -> connect:
        """Return the connection to the real server that *socket* asks for."""
        headers = {name: socket.headers[name] for name in HANDED_ON if name in socket.headers}
        url = f"ws://127.0.0.1:{self.server_port}{socket.url.path}?{socket.url.query}"
        return connect(url, additional_headers=headers, proxy=None, compression=None)

    # What the customer's page and applet say and hear

    async def live(self, socket: Socket) -> None:
        """Pass on all messages, except for what the attack changes."""
        async with self.call(socket) as server:
            media = _MediaBetween(self, socket, server)
            await _either(self._from_customer(media), self._from_server(media))
            await media.aclose()

    async def _from_customer(self, media: "_MediaBetween") -> None:
        while True:
            text = await media.socket.receive_text()
            said = json.loads(text)
            if not (self.terminates and await media.handle_page(said)):
                await media.server.send(text)

    async def _from_server(self, media: "_MediaBetween") -> None:
        async for text in media.server:
            message = json.loads(text)
            signal = message.get("signal")
            if self.announces and signal and signal["kind"] == "relay_ready":
                signal["body"] = self.certificate.fingerprint.hex()
            if not (self.terminates and signal and await media.handle_console(signal)):
                await media.socket.send_text(json.dumps(message))

    # What applet and console say to each other

    async def relay(self, socket: Socket) -> None:
        """Pass on what the relay carries, reading it if the encryption is terminated here."""
        async with self.call(socket) as server:
            await server.send(await socket.receive_text())
            if self.terminates:
                await _ChannelBetween(self, socket, server).run()
            else:
                await _either(_carry_to_server(socket, server), _carry_to_applet(socket, server))


class _MediaBetween:
    """The picture's connection, terminated on both sides; the picture is passed on."""

    def __init__(self, between: RelayBetween, socket: Socket, server: ClientConnection) -> None:
        self._between = between
        self._certificate = between.certificate
        self._value = os.urandom(VALUE_BYTES)
        self.socket = socket
        self.server = server
        self._to_page: RTCPeerConnection | None = None
        self._to_console: RTCPeerConnection | None = None

    async def handle_page(self, said: dict[str, Any]) -> bool:
        """Handle a message of the page's; tell whether it must not be passed on."""
        match said:
            case {"kind": "signal", "signal": "offer", "body": body}:
                await self._offer(json.loads(body))
            case {"kind": "signal", "signal": "code_value"}:
                pass  # meant for the exchange with the page, which shows its own code now
            case {"kind": "signal", "signal": "candidate", "body": body}:
                await self._add(body)
            case _:
                return False
        return True

    async def handle_console(self, signal: dict[str, Any]) -> bool:
        """Handle a signal of the console's; tell whether it must not be passed on."""
        if signal["kind"] == "candidate":
            return True
        if signal["kind"] != "answer":
            return False
        assert self._to_page is not None
        assert self._to_console is not None
        said = json.loads(signal["body"])
        # When a connection is made anew, the console knows this certificate already.
        if said.pop("value", ""):
            await self._say("code_value", self._value.hex())
        await self._to_console.setRemoteDescription(RTCSessionDescription(**said))
        await self._to_page.setLocalDescription(await self._to_page.createAnswer())
        # Written as the console does, with one fingerprint: the page accepts no other answer.
        answer = add_value(write_answer(self._to_page.localDescription), self._value.hex())
        message = {"kind": "signal", "signal": {"kind": "answer", "body": answer}}
        await self.socket.send_text(json.dumps(message))
        return True

    async def aclose(self) -> None:
        """End both connections."""
        for each in (self._to_page, self._to_console):
            if each is not None:
                await each.close()

    async def _offer(self, description: dict[str, str]) -> None:
        assert description.pop("commit"), "the page takes part in the exchange"
        del description["agreed"]
        await self.aclose()
        self._to_page, self._to_console = self._make(), self._make()
        await self._to_page.setRemoteDescription(RTCSessionDescription(**description))
        track = self._to_page.getReceivers()[0].track
        self._to_console.addTransceiver(track, direction="sendonly")
        await self._to_console.setLocalDescription(await self._to_console.createOffer())
        offer = self._to_console.localDescription
        own = self._between.certificate.fingerprint
        committed = commitment(self._between.session_id, own, self._value).hex()
        # With one fingerprint, as browsers write it: the console accepts no other offer.
        sdp = json.loads(write_answer(offer))["sdp"]
        body = {"type": offer.type, "sdp": sdp, "commit": committed}
        await self._say("offer", json.dumps(body))

    async def _say(self, kind: str, body: str) -> None:
        said = {"kind": "signal", "signal": kind, "body": body}
        await self.server.send(json.dumps(said))

    async def _add(self, body: str) -> None:
        if body and self._to_page is not None:
            given = json.loads(body)
            candidate = candidate_from_sdp(given["candidate"].partition(":")[2])
            candidate.sdpMid = given["sdpMid"]
            await self._to_page.addIceCandidate(candidate)

    def _make(self) -> RTCPeerConnection:
        made = RTCPeerConnection()
        # As in desktop/media/incoming.py.
        made._RTCPeerConnection__certificates = [  # type: ignore[attr-defined]
            RTCCertificate(self._certificate.key, self._certificate.x509)
        ]
        return made


class _ChannelBetween:
    """The channel between applet and console, terminated on both sides."""

    def __init__(self, between: RelayBetween, socket: Socket, server: ClientConnection) -> None:
        self._between = between
        self._socket = socket
        self._server = server
        self._from_applet: asyncio.Queue[bytes] = asyncio.Queue()
        self._from_console: asyncio.Queue[bytes] = asyncio.Queue()

    async def run(self) -> None:
        """Read and pass on until one side disconnects."""
        await _either(self._receive_from_applet(), self._receive_from_server())

    async def _receive_from_applet(self) -> None:
        while True:
            data = await self._socket.receive_bytes()
            self._from_applet.put_nowait(data)

    async def _receive_from_server(self) -> None:
        reading: asyncio.Task[None] | None = None
        try:
            async for data in self._server:
                if isinstance(data, bytes):
                    self._from_console.put_nowait(data)
                    continue
                if reading is not None:
                    reading.cancel()
                self._from_applet, self._from_console = asyncio.Queue(), asyncio.Queue()
                if json.loads(data)["kind"] == "peer":
                    reading = asyncio.create_task(self._eavesdrop())
                await self._socket.send_text(data)
        finally:
            if reading is not None:
                reading.cancel()

    async def _eavesdrop(self) -> None:
        tls = self._between.certificate.tls()
        applet = SecureChannel(tls, self._socket.send_bytes, server_side=True)
        console = SecureChannel(applet_tls(), self._server.send, server_side=False)
        said, answered = _each(self._from_applet), _each(self._from_console)
        with suppress(*ENDS):
            await asyncio.gather(applet.shake_hands(said), console.shake_hands(answered))
            await _either(self._pass(said, applet, console), self._pass(answered, console, applet))

    async def _pass(
        self, records: AsyncIterator[bytes], source: SecureChannel, sink: SecureChannel
    ) -> None:
        await self._write(source.read(b""), sink)
        async for record in records:
            await self._write(source.read(record), sink)

    async def _write(self, plain: bytes, sink: SecureChannel) -> None:
        self._between.read += plain
        if plain:
            await sink.write(plain)


async def _each(queue: asyncio.Queue[bytes]) -> AsyncIterator[bytes]:
    while True:
        yield await queue.get()


async def _carry_to_server(socket: Socket, server: ClientConnection) -> None:
    while True:
        await server.send(await socket.receive_bytes())


async def _carry_to_applet(socket: Socket, server: ClientConnection) -> None:
    async for data in server:
        if isinstance(data, bytes):
            await socket.send_bytes(data)
        else:
            await socket.send_text(data)


async def _either(*ways: Any) -> None:
    """Run *ways* until one of them ends, which happens when its side disconnects."""
    tasks = [asyncio.ensure_future(way) for way in ways]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception) and not isinstance(outcome, ENDS):
            raise outcome


def _make_app(between: RelayBetween) -> Litestar:
    methods = [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST]

    @route(["/", "/{path:path}"], http_method=methods)
    async def hand_on(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await between.hand_on(request)

    @websocket("/Customer/Live")
    async def live(socket: Socket) -> None:
        await socket.accept()
        with suppress(*ENDS):
            await between.live(socket)

    @websocket("/api/v1/relay/{session_id:str}")
    async def relay(socket: Socket, session_id: FromPath[str]) -> None:
        await socket.accept()
        with suppress(*ENDS):
            await between.relay(socket)

    return Litestar([hand_on, live, relay], openapi_config=None)


@contextmanager
def relay_between() -> Iterator[RelayBetween]:
    """Run it in a thread; the caller sets ``server_port`` once the real server has started."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        between = RelayBetween(listener.getsockname()[1])
        config = uvicorn.Config(_make_app(between), log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=[[listener]])
        thread.start()
        try:
            yield between
        finally:
            server.should_exit = True
            server.force_exit = True
            thread.join(WAIT_S)
