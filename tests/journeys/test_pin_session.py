"""A session by PIN code, which the technician reads out and the customer types."""

from collections.abc import Callable

import pytest

from rescue_console.protocol.choices import Language
from tests.stage.customers.customer import Customer
from tests.stage.desk.desk import Desk
from tests.stage.desk.home import Home
from tests.stage.desk.labels import ENGLISH
from tests.stage.desk.steps import open_create_session, sign_in
from tests.stage.servers.rescue_server import RealServer

pytestmark = pytest.mark.timeout(300)


def test_a_pin_typed_by_the_customer_leads_to_waiting(
    server: RealServer, home: Home, open_customer: Callable[[Language], Customer]
) -> None:
    with Desk(home.environment, "--server", server.url) as desk:
        sign_in(desk, ENGLISH)
        open_create_session(desk, ENGLISH, "Ana Silva", "PIN code")
        desk.click("Create PIN code")
        screen = desk.see_text("Good for another")
        (pin,) = [text for text in screen.texts if text.replace("\u00a0", "").isdigit()]
        (address,) = [text for text in screen.texts if text.startswith("http")]

        customer = open_customer(Language("en"))
        customer.open(address)
        customer.type_pin("PIN code", pin)
        customer.sees_heading(ENGLISH.page_asks)
        desk.see_status("Ana Silva", ENGLISH.connecting)
        customer.press(ENGLISH.page_join)
        desk.see_status("Ana Silva", ENGLISH.waiting)


def test_a_customer_who_leaves_is_no_longer_waiting(
    server: RealServer, home: Home, open_customer: Callable[[Language], Customer]
) -> None:
    session = server.owner.create_session(name="Ben Okafor")
    customer = open_customer(Language("en"))
    customer.open(session["link"])
    customer.press(ENGLISH.page_join)
    customer.sees_heading(ENGLISH.page_waiting)
    with Desk(home.environment, "--server", server.url) as desk:
        sign_in(desk, ENGLISH)
        desk.see_status("Ben Okafor", ENGLISH.waiting)

        customer.press("Leave")
        customer.press("Leave the session")

        customer.sees_heading("You have left")
        desk.see(lambda screen: not screen.session("Ben Okafor"))
        desk.choose("Show sessions with this status", ENGLISH.all_sessions)
        desk.see_status("Ben Okafor", "Closed by the waiting customer")
