"""A real SMTP server, run as a program, that misbehaves as it is told.

``python -m tests.stage.servers.smtp_server --folder DIR`` prints one line of JSON,
``{"port": …, "control": …}``.
Accepted messages are stored in the folder as ``0001.eml``, with their envelopes in ``0001.json``.

The control port takes one JSON object per line and answers each with one:

``{"do": "script", "steps": [...]}``  replaces the script. A step is ``{"at": POINT}`` with one of
    ``"reply": "550 …"``, ``"drop": true``, ``"hold": true``, and optionally ``"times": N`` (without
    it, forever) and ``"to": ADDRESS``. Points, in order: ``connect``, ``mail``, ``rcpt``,
    ``body`` (drops after part of the content has been read), ``reply`` (drops after the message has
    been stored), ``stored`` (the message is stored but not yet confirmed).
``{"do": "release"}``  releases everything that is held.
``{"do": "reset"}``  starts over: no script, all counts at zero, an empty folder.
``{"do": "wait", "for": "messages"|"held"|"connections", "count": N}``  answers once there are N.
"""

import argparse
import asyncio
import json
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Step:
    """One piece of misbehaviour."""

    at: str
    reply: str = ""
    drop: bool = False
    hold: bool = False
    times: int | None = None
    to: str | None = None


class Script:
    """The steps for the server to take, and what has happened so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps: list[Step] = []
        self.counts = {"messages": 0, "held": 0, "connections": 0}
        self.changed = asyncio.Condition()
        self.released = asyncio.Event()

    async def count(self, what: str) -> None:
        async with self.changed:
            self.counts[what] += 1
            self.changed.notify_all()

    async def act(self, at: str, to: str = "") -> Step | None:
        """Return the step to take at this point, after waiting for the end of any hold."""
        for step in self.steps:
            if step.at == at and step.times != 0 and step.to in (None, to):
                step.times = None if step.times is None else step.times - 1
                if step.hold:
                    await self._hold()
                    continue
                return step
        return None

    def reset(self) -> None:
        self.released.set()
        self.steps = []
        self.counts = dict.fromkeys(self.counts, 0)
        for path in self.folder.iterdir():
            path.unlink()

    async def _hold(self) -> None:
        self.released.clear()
        await self.count("held")
        await self.released.wait()

    async def store(self, envelope: Envelope, greeting: str) -> None:
        stem = f"{self.counts['messages'] + 1:04d}"
        content = envelope.original_content or b""
        facts = {"sender": envelope.mail_from, "recipients": envelope.rcpt_tos}
        (self.folder / f"{stem}.json").write_text(json.dumps(facts), "utf-8")
        (self.folder / f"{stem}.ehlo").write_text(greeting, "utf-8")
        draft = self.folder / f"{stem}.part"
        draft.write_bytes(content)
        draft.replace(self.folder / f"{stem}.eml")
        await self.count("messages")


class ScriptedServer(SMTP):
    """One connection to the server."""

    def __init__(self, script: Script, **options: Any) -> None:
        super().__init__(Hooks(script), enable_SMTPUTF8=False, **options)
        self._script = script

    async def _handle_client(self) -> None:
        step = await self._script.act("connect")
        await self._script.count("connections")
        if step is None:
            await super()._handle_client()
            return
        if step.reply:
            await self.push(step.reply)
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.close()
            return
        cut(self)

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802
        to = self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""
        step = await self._script.act("body", to)
        if step is None:
            await super().smtp_DATA(arg)
            return
        await self.push("354 Go on")
        await self._reader.readline()
        cut(self)


class Hooks:
    """The hooks that aiosmtpd calls at each command."""

    def __init__(self, script: Script) -> None:
        self._script = script

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        step = await self._script.act("mail")
        if step is None or await _dropped(server, step):
            envelope.mail_from = address
            return "250 Sender fine"
        return step.reply

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        step = await self._script.act("rcpt", address)
        if step is None or await _dropped(server, step):
            envelope.rcpt_tos.append(address)
            return "250 Recipient fine"
        return step.reply

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        step = await self._script.act("reply", envelope.rcpt_tos[0])
        if step is not None and step.reply and not step.reply.startswith("250"):
            return step.reply
        await self._script.store(envelope, session.host_name or "")
        if step is not None:
            await _dropped(server, step)
        await self._script.act("stored", envelope.rcpt_tos[0])
        return step.reply if step is not None and step.reply else "250 Taken"


async def _dropped(server: SMTP, step: Step) -> bool:
    if step.drop:
        cut(server)
    return step.drop


def cut(server: SMTP) -> None:
    """Abort the connection without a reply."""
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()


async def _control(script: Script, reader: Any, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        order = json.loads(line)
        match order["do"]:
            case "script":
                script.steps = [Step(**step) for step in order["steps"]]
            case "release":
                script.released.set()
            case "reset":
                script.reset()
            case "wait":
                async with script.changed:
                    await script.changed.wait_for(
                        lambda: script.counts[order["for"]] >= order["count"]  # noqa: B023
                    )
        writer.write(json.dumps(script.counts).encode() + b"\n")
        await writer.drain()
    writer.close()


def _options(arguments: argparse.Namespace) -> tuple[ssl.SSLContext | None, dict[str, Any]]:
    options: dict[str, Any] = {"timeout": 120}
    if arguments.user:

        def check(*found: Any) -> AuthResult:
            expected = LoginPassword(arguments.user.encode(), arguments.password.encode())
            return AuthResult(success=found[-1] == expected, handled=False)

        options |= {"authenticator": check, "auth_required": True, "auth_require_tls": False}
        if arguments.mechanism:
            others = {"LOGIN", "PLAIN"} - {arguments.mechanism}
            options["auth_exclude_mechanism"] = sorted(others)
    if arguments.tls == "none":
        return None, options
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(arguments.certificate)
    if arguments.tls == "implicit":
        return context, options
    options |= {"tls_context": context, "require_starttls": arguments.tls == "required"}
    return None, options


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument(
        "--tls", choices=["none", "offered", "required", "implicit"], default="none"
    )
    parser.add_argument("--certificate", type=Path, help="PEM file with key and certificate")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--mechanism", choices=["LOGIN", "PLAIN"])
    return parser.parse_args()


async def _serve() -> None:
    arguments = _arguments()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    script = Script(arguments.folder)
    context, options = _options(arguments)
    loop = asyncio.get_running_loop()
    smtp = await loop.create_server(
        lambda: ScriptedServer(script, **options), "127.0.0.1", arguments.port, ssl=context
    )
    control = await asyncio.start_server(
        lambda reader, writer: _control(script, reader, writer), "127.0.0.1", 0
    )
    ports = {
        "port": smtp.sockets[0].getsockname()[1],
        "control": control.sockets[0].getsockname()[1],
    }
    print(json.dumps(ports), flush=True)  # noqa: T201
    async with smtp, control:
        await asyncio.gather(smtp.serve_forever(), control.serve_forever())


if __name__ == "__main__":
    asyncio.run(_serve())
