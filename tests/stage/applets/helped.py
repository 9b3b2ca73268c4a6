"""A started session whose applet runs on a virtual screen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from rescue_console.protocol.channel import Greeting, KeyChanged, PointerMoved
from tests.stage.applets.console import Console
from tests.stage.applets.running import (
    FROM_SOURCE,
    LESS_THAN_A_QUESTION,
    LESS_THAN_THE_SESSION,
    Person,
    Target,
    running_applet,
)
from tests.stage.links import link_parts
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import LOOK_EVERY_S, until

_TRIED, _LAST_TRIED = "F7", "F8"


def key(code: str) -> tuple[KeyChanged, KeyChanged]:
    """Return a key's way down and up."""
    return KeyChanged(code=code, down=True), KeyChanged(code=code, down=False)


@dataclass
class Helped:
    """A started session with its applet connected to the technician's console."""

    console: Console
    person: Person

    async def asked(self, power: str) -> None:
        """Let the technician ask for *power*; return when the applet shows the question."""
        # The server knows of the applet before its page is there, which is more than a question.
        await until(lambda: self.person.height_of_applet() > LESS_THAN_THE_SESSION)
        before = self.person.height_of_applet()
        self.console.ask(power)
        await until(lambda: self.person.height_of_applet() > before + LESS_THAN_A_QUESTION)

    async def granted(self, power: str) -> None:
        """Let the technician ask for *power*, and the customer allow it."""
        await self.asked(power)
        self.person.allow()
        await until(lambda: self.console.session()["consents"].get(power) == "granted")

    async def in_control(self) -> None:
        """Get control; wait until the customer's pressing Allow no longer blocks remote input."""
        await self.granted("control")
        goal = 0 if self.person.place()[0] else 320

        def arrived() -> bool:
            self.console.relay.post(PointerMoved(screen=0, x=goal / 1279, y=0.5))
            return self.person.place()[0] == goal

        await until(arrived)

    async def type_into(self, target: Target) -> None:
        """Give *target* the keyboard; return when what the technician types arrives there.

        The screen has given the keyboard away before the applet learns of it, and what comes in
        between is kept from the applet's own window: keys without text are tried until one arrives.
        """
        self.person.look_at("^Target$")
        arrives = asyncio.ensure_future(target.until(f"up {_TRIED}"))
        while not arrives.done():
            self.console.post_all(*key(_TRIED))
            await asyncio.wait([arrives], timeout=LOOK_EVERY_S)
        await arrives
        # Behind all that were tried.
        self.console.post_all(*key(_LAST_TRIED))
        await target.until(f"up {_LAST_TRIED}")


@asynccontextmanager
async def helped(
    server: RealServer,
    screen: dict[str, str],
    program: tuple[str, ...] = FROM_SOURCE,
    address: str = "",
) -> AsyncIterator[Helped]:
    """Let the applet join a new session and the technician start it."""
    made = server.owner.create_session()
    link = link_parts(made["link"])
    words = ("--server", address or server.url, "--code", link.code, "--key", link.key)
    async with running_applet(screen, *words, program=program):
        console = Console(server, made["id"])
        await until(lambda: console.session()["status"] == "waiting")
        console.start()
        async with console.connected():
            await until(lambda: console.session()["applet"])
            console.ready()
            await console.until(Greeting)
            yield Helped(console, Person(screen))
