"""On a Linux desktop: notifications without a tray, and a tray that comes late."""

from collections.abc import Callable

import pytest

from rescue_console.protocol.choices import Language
from tests.stage.customers.customer import Customer
from tests.stage.desk.desk import Desk
from tests.stage.desk.desktop_services import NOTIFICATIONS, TRAY, DesktopService
from tests.stage.desk.home import Home
from tests.stage.desk.labels import ENGLISH
from tests.stage.desk.steps import quit_app, sign_in
from tests.stage.servers.keyring import message_bus_process
from tests.stage.servers.rescue_server import RealServer

pytestmark = pytest.mark.timeout(300)


def test_a_notification_needs_no_tray_and_a_click_selects_the_session(
    server: RealServer, home: Home, open_customer: Callable[[Language], Customer]
) -> None:
    with message_bus_process(home.environment) as address:
        inside = home.environment | {"DBUS_SESSION_BUS_ADDRESS": address}
        with (
            DesktopService(inside, NOTIFICATIONS) as service,
            Desk(inside, "--server", server.url) as desk,
        ):
            sign_in(desk, ENGLISH)
            assert not desk.see(lambda screen: screen.buttons("Start")).can_press("Start")
            session = server.owner.create_session(name="<b>A</b> & <i>B</i>")
            customer = open_customer(Language("en"))
            customer.open(session["link"])
            customer.press(ENGLISH.page_join)

            (notice,) = desk.wait_for(lambda: service.calls("Notify"))
            assert notice[3:5] == [
                "A customer is waiting",
                "&lt;b&gt;A&lt;/b&gt; &amp; &lt;i&gt;B&lt;/i&gt;",
            ]
            service.click(1)
            desk.see(lambda screen: screen.can_press("Start"))
            assert desk.complaints() == []
            quit_app(desk, ENGLISH)


def test_a_tray_that_comes_after_the_program_gets_the_icon(server: RealServer, home: Home) -> None:
    with message_bus_process(home.environment) as address:
        inside = home.environment | {"DBUS_SESSION_BUS_ADDRESS": address}
        with Desk(inside, "--server", server.url) as desk:
            sign_in(desk, ENGLISH)
            with DesktopService(inside, TRAY) as tray:
                desk.wait_for(lambda: tray.calls("RegisterStatusNotifierItem"))
            with DesktopService(inside, TRAY) as tray:
                desk.wait_for(lambda: tray.calls("RegisterStatusNotifierItem"))
            assert desk.complaints() == []
            quit_app(desk, ENGLISH)
