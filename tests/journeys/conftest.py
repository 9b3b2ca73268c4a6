"""Fixtures that the journeys share: a screen, a mail server, a server, a browser, a computer."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from rescue_console.protocol.choices import Language
from tests.stage.customers.browser import launch
from tests.stage.customers.customer import Customer
from tests.stage.desk.desk import WAIT_S
from tests.stage.desk.home import Home
from tests.stage.displays.desktop_screen import desktop_screen
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.servers.smtp import SENDER, SmtpProcess


@pytest.fixture(scope="session")
@starts_programs
def display() -> Iterator[dict[str, str]]:
    """A separate screen for the technicians."""
    with desktop_screen() as environment:
        yield environment


@pytest.fixture(scope="session")
@starts_programs
def smtp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmtpProcess]:
    """A mail server that accepts every mail."""
    with SmtpProcess(tmp_path_factory.mktemp("mails")) as process:
        yield process


@pytest.fixture(scope="module")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory, smtp: SmtpProcess) -> Iterator[RealServer]:
    """A server with an owner, sending through the mail server."""
    smtp.reset()
    folder = Path(tmp_path_factory.mktemp("rescue"))
    with RealServer(folder / "server", "--smtp-url", f"{smtp.url}?from={SENDER}") as process:
        yield process


# Module scope, for the reason given in tests/web/conftest.py.
@pytest.fixture(scope="module")
@starts_programs
def chromium() -> Iterator[Browser]:
    """The customers' browser."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_customer(chromium: Browser) -> Iterator[Callable[[Language], Customer]]:
    """Return a function that gives a customer who speaks a language a fresh browser."""
    contexts = []

    def open_customer(language: Language) -> Customer:
        context = chromium.new_context(locale=language)
        context.set_default_timeout(WAIT_S * 1000)
        contexts.append(context)
        return Customer(context.new_page())

    yield open_customer
    for context in contexts:
        context.close()


@pytest.fixture
def home(tmp_path: Path, display: dict[str, str]) -> Home:
    """The computer of a technician who speaks English."""
    return Home(tmp_path / "home", display, Language("en"))
