"""A session with the applet: clipboard, loss of the network, another's certificate, its end."""

import asyncio
from contextlib import suppress
from pathlib import Path

from rescue_console.peer.relay import PeerGone
from rescue_console.protocol.channel import (
    ClipboardChanged,
    ClipboardWanted,
    Greeting,
)
from rescue_console.protocol.links import LinkParts
from tests.stage.applets.console import Console
from tests.stage.applets.helped import Helped, helped
from tests.stage.applets.running import Person, running_applet
from tests.stage.customers.beside import carried, join_by_page, offered_applets
from tests.stage.links import link_parts
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S, until


async def test_the_greeting_tells_system_and_screens(help_: Helped) -> None:
    greeting = await help_.console.until(Greeting)

    assert greeting.can_control
    assert greeting.attention_hindrance == ""
    assert [(each.width, each.height) for each in greeting.screens] == [(1280, 800)]


async def test_the_clipboard_goes_both_ways_once_it_is_granted(help_: Helped) -> None:
    help_.console.post_all(ClipboardChanged(text="too early"))
    await help_.granted("clipboard")

    told: ClipboardChanged | None = None
    async with asyncio.timeout(WAIT_S):
        while told is None:
            # Asked again, as a person would: what is posted while the channel is made anew is lost.
            help_.console.post_all(ClipboardChanged(text="de l’été"), ClipboardWanted())
            with suppress(TimeoutError):
                told = await asyncio.wait_for(help_.console.until(ClipboardChanged), 2)

    assert told.text == "de l’été"


async def test_after_a_loss_of_the_network_everything_is_there_again(
    server: RealServer, screen: dict[str, str]
) -> None:
    with Wire(int(server.url.rpartition(":")[2])) as wire:
        async with helped(server, screen, address=wire.url) as session:
            await session.granted("control")
            before = len(session.console.seen)
            wire.block()
            await session.console.until(PeerGone, after=before)
            wire.mend()
            await session.console.until(Greeting, after=before)

            assert session.console.session()["consents"] == {"control": "granted"}


async def test_another_certificate_than_the_announced_one_gets_no_channel(
    server: RealServer, screen: dict[str, str]
) -> None:
    made = server.owner.create_session()
    link = link_parts(made["link"])
    words = ("--server", server.url, "--code", link.code, "--key", link.key)
    async with running_applet(screen, *words):
        console, other = (Console(server, made["id"]) for _ in range(2))
        await until(lambda: console.session()["status"] == "waiting")
        console.start()
        async with other.connected():
            await until(lambda: console.session()["applet"])
            console.ready()
            await other.until(PeerGone)
            await until(lambda: sum(isinstance(each, PeerGone) for each in other.seen) > 1)

    assert not [each for each in other.seen if isinstance(each, Greeting)]


async def test_another_console_must_be_allowed_anew_what_the_first_one_was(
    help_: Helped, server: RealServer, tmp_path: Path
) -> None:
    await help_.granted("clipboard")
    (tmp_path / "other").mkdir()
    help_.console.leave()
    calm = help_.person.height_of_applet()
    other = Console(server, help_.console.session_id)
    async with other.connected():
        other.ready()
        await until(lambda: help_.person.height_of_applet() > calm)
        await other.until(Greeting)
        # The server still says that it is granted: that is no answer of the customer's.
        assert other.session()["consents"] == {"clipboard": "granted"}
        help_.person.allow()
        await until(lambda: help_.person.height_of_applet() <= calm)
        other.post_all(ClipboardChanged(text="another's"))
        told = ""
        while told != "another's":
            before = len(other.seen)
            other.post_all(ClipboardWanted())
            told = (await other.until(ClipboardChanged, after=before)).text


async def test_ending_the_session_asks_once_and_ends_the_program(
    server: RealServer, screen: dict[str, str]
) -> None:
    made = server.owner.create_session()
    link = link_parts(made["link"])
    words = ("--server", server.url, "--code", link.code, "--key", link.key)
    async with running_applet(screen, *words) as process:
        console = Console(server, made["id"])
        await until(lambda: console.session()["applet"])
        # Back from the first to the last button, to the question's first one, and yes.
        Person(screen).press_in_applet("shift+Tab", "Return", "shift+Tab", "Return")
        assert await asyncio.wait_for(process.wait(), 30) == 0

        assert console.session()["status"] == "closed_by_waiting_customer"


async def test_when_the_technician_closes_the_session_the_applet_says_so_and_ends(
    server: RealServer, screen: dict[str, str]
) -> None:
    made = server.owner.create_session()
    link = link_parts(made["link"])
    words = ("--server", server.url, "--code", link.code, "--key", link.key)
    async with running_applet(screen, *words) as process:
        console, person = Console(server, made["id"]), Person(screen)
        await until(lambda: console.session()["applet"])
        await until(lambda: person.height_of_applet() > 300)
        server.owner.post(f"/sessions/{made['id']}/close")
        await until(lambda: person.height_of_applet() < 300)
        person.press_in_applet("Return")
        code = await asyncio.wait_for(process.wait(), 30)

    assert code == 0


async def test_a_technician_who_sets_the_session_aside_has_no_channel_any_more(
    help_: Helped,
) -> None:
    await help_.granted("clipboard")
    before = len(help_.console.seen)
    help_.console.owner.post(f"/sessions/{help_.console.session_id}/hold").raise_for_status()
    await help_.console.until(PeerGone, after=before)

    help_.console.start()
    help_.console.ready()
    await help_.console.until(Greeting, after=before)


async def test_an_applet_that_was_killed_is_fetched_again_on_the_page_and_asks_anew(
    screen: dict[str, str], tmp_path: Path
) -> None:
    with RealServer(tmp_path / "data", *offered_applets(tmp_path / "applets")) as server:
        made = server.owner.create_session()
        cookies = join_by_page(server.url, link_parts(made["link"]))
        help_ = Helped(Console(server, made["id"]), Person(screen))
        console = help_.console
        console.start()
        first = words_for(server, carried(server.url, cookies))
        async with running_applet(screen, *first) as process:
            await until(lambda: console.session()["applet"])
            async with console.connected():
                console.ready()
                await help_.granted("clipboard")
                before = len(console.seen)
                process.kill()
                await until(lambda: not console.session()["applet"])
                again = words_for(server, carried(server.url, cookies))
                async with running_applet(screen, *again):
                    await until(lambda: console.session()["applet"])
                    assert console.session()["consents"] == {"clipboard": "asked"}
                    console.ready()
                    await console.until(Greeting, after=before)
                    help_.person.allow()
                    await until(lambda: console.session()["consents"] == {"clipboard": "granted"})


def words_for(server: RealServer, parts: LinkParts) -> tuple[str, ...]:
    return ("--server", server.url, "--code", parts.code, "--key", parts.key)
