"""A malicious server can pass on everything but the security code; half an attack is refused."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rescue_console.protocol.choices import Language
from tests.stage.applets.running import Person, started_applet
from tests.stage.customers.computer import CustomerComputer, customer_computer
from tests.stage.desk.desk import Desk
from tests.stage.desk.home import Home
from tests.stage.desk.labels import ENGLISH as LABELS
from tests.stage.desk.steps import sign_in
from tests.stage.desk.story_words import ENGLISH as WORDS
from tests.stage.displays.virtual_display import virtual_display
from tests.stage.links import link_parts
from tests.stage.networks.relay_between import RelayBetween, relay_between
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer

pytestmark = pytest.mark.timeout(100)

NAME = "Zoë Dupont"
CODE = re.compile(r"\d{4} \d{4} \d{4}")

REPORTING = (sys.executable, "-m", "tests.stage.applets.reporting")


@dataclass
class Attack:
    """A technician and a server, and the attacker between that server and its customers."""

    between: RelayBetween
    server: RealServer
    desk: Desk
    session: dict[str, Any]

    def start(self) -> None:
        """Let the technician start the session once the customer waits."""
        self.desk.see_status(NAME, LABELS.waiting)
        self.desk.click(NAME)
        self.desk.click(LABELS.start)
        self.desk.see_status(NAME, LABELS.active)

    def ask_control(self) -> None:
        """Let the technician ask for control, which opens the channel to the applet."""
        self.desk.click(WORDS.ask_control)
        self.desk.wait_for(lambda: self.state()["consents"].get("control") == "asked")

    def state(self) -> dict[str, Any]:
        """Return the session as the server has it."""
        found: dict[str, Any] = self.server.owner.get(f"/sessions/{self.session['id']}").json()
        return found

    def code_at_desk(self, words: str = WORDS.security_code) -> str:
        """Return the security code that the technician sees behind *words*."""
        screen = self.desk.see(lambda screen: any(text.startswith(words) for text in screen.texts))
        said = next(text for text in screen.texts if text.startswith(words))
        return said.removeprefix(words).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
@starts_programs
def attack(display: dict[str, str], tmp_path: Path) -> Iterator[Attack]:
    with ExitStack() as stack:
        between = stack.enter_context(relay_between())
        server = RealServer(tmp_path / "server", "--public-url", between.url)
        stack.enter_context(server)
        between.server_port = int(server.url.rpartition(":")[2])
        session = server.owner.create_session(name=NAME)
        between.session_id = session["id"]
        home = Home(tmp_path / "home", display, Language("en"))
        desk = stack.enter_context(Desk(home.environment, "--server", server.url))
        sign_in(desk, LABELS)
        desk.resize(1360, 840)
        yield Attack(between, server, desk, session)


@contextmanager
def applet(attack: Attack, environment: Mapping[str, str]) -> Iterator[Iterator[dict[str, Any]]]:
    """Run the applet at the attacker's address; yield what its window shows, as it changes."""
    link = link_parts(attack.session["link"])
    words = ["--server", attack.between.url, "--code", link.code, "--key", link.key]
    with started_applet(environment, *words, program=REPORTING) as process:
        assert process.stdout is not None
        yield (json.loads(line) for line in process.stdout)


def test_a_server_that_watches_the_screen_has_another_code_on_the_page(
    attack: Attack, tmp_path: Path
) -> None:
    with customer_computer(tmp_path / "customer", Language("en")) as customer:
        customer.open(attack.session["link"])
        customer.press(LABELS.page_join)
        attack.start()
        attack.desk.click(WORDS.ask_view)
        customer.press(WORDS.page_allow)
        # Everything works as usual, except for the code.
        attack.desk.see_text(WORDS.shown)
        shown = code_on_page(customer)
        at_desk = attack.code_at_desk()

    assert CODE.fullmatch(shown)
    assert CODE.fullmatch(at_desk)
    assert shown != at_desk


def test_a_server_that_reads_the_channel_has_another_code_in_the_applet(attack: Attack) -> None:
    with virtual_display() as screen, applet(attack, screen) as shown:
        attack.start()
        attack.ask_control()
        code = next(view["security_code"] for view in shown if view["security_code"])
        Person(screen).allow()
        # Everything works as usual, except for the code.
        attack.desk.see(lambda screen: screen.can_press(WORDS.attention))
        at_desk = attack.code_at_desk(WORDS.applet_code)
        assert CODE.fullmatch(code)
        assert CODE.fullmatch(at_desk)
        assert code != at_desk

    assert attack.between.read


@pytest.mark.parametrize(
    ("announces", "terminates"), [(True, False), (False, True)], ids=["announced", "terminated"]
)
def test_half_an_attack_is_refused_and_reported_by_the_applet(
    attack: Attack, announces: bool, terminates: bool
) -> None:
    attack.between.announces = announces
    attack.between.terminates = terminates
    with virtual_display() as screen, applet(attack, screen) as shown:
        attack.start()
        attack.ask_control()
        assert next(view for view in shown if view["betrayed"])["security_code"] == ""
        Person(screen).allow()
        attack.desk.wait_for(lambda: attack.state()["consents"].get("control") == "granted")
        seen = attack.desk.see(lambda screen: screen.texts)

    assert not seen.buttons(WORDS.attention)
    assert not attack.between.read


def code_on_page(customer: CustomerComputer) -> str:
    digits = customer.page.locator("#screen-digits")
    digits.wait_for()
    return digits.inner_text()
