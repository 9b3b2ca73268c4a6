"""The main journey: a session by e-mail, with both ways of sending it, in both languages.

All parts are real: the app's process on a screen, the server's process, a mail server's process,
the system's way of opening a mail program, and Chromium.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rescue_console.protocol.choices import Language
from tests.stage.customers.customer import Customer
from tests.stage.desk.desk import Desk
from tests.stage.desk.home import Home, OpenedMail
from tests.stage.desk.labels import LABELS, Labels
from tests.stage.desk.steps import open_create_session, quit_app, sign_in
from tests.stage.languages import LANGUAGES
from tests.stage.servers.rescue_server import ORGANIZATION, OWNER_EMAIL, OWNER_NAME, RealServer
from tests.stage.servers.smtp import SENDER, SmtpProcess

pytestmark = pytest.mark.timeout(300)

NAME = "Zoë Dupont & fils"
ADDRESS = "zoe.dupont@customer.example"
languages = pytest.mark.parametrize("language", LANGUAGES, ids=str)
OpenCustomer = Callable[[Language], Customer]


def prepare_mail(desk: Desk, labels: Labels, way: str) -> None:
    """Take steps 1 to 3: everything before sending the link."""
    open_create_session(desk, labels, NAME, labels.email_tab)
    desk.choose(labels.customer_language, labels.customer_language_name)
    desk.click(way)
    desk.fill(labels.to, ADDRESS)
    screen = desk.see(
        lambda screen: (
            labels.mail_text in (screen.field(labels.mail_field) or "")
            and screen.can_press(labels.send)
        )
    )
    assert screen.buttons(labels.mobile)
    assert screen.field(labels.platform) == labels.automatic
    assert labels.mail_subject in screen.texts


def take_up(desk: Desk, labels: Labels, customer: Customer, link: str, home: Home) -> None:
    """Take steps 5 and 6: the link is opened, the customer joins, the technician starts."""
    desk.see_status(NAME, labels.invited)
    customer.open(link)
    customer.sees_heading(labels.page_asks)
    customer.sees(ORGANIZATION)
    desk.see_status(NAME, labels.connecting)
    assert home.played_sounds() == []

    customer.press(labels.page_join)
    customer.sees_heading(labels.page_waiting)
    desk.see_status(NAME, labels.waiting)
    assert desk.wait_for(home.played_sounds) == ["waiting"]

    desk.click(NAME)
    desk.click(labels.start)
    screen = desk.see_status(NAME, labels.active)
    assert any(NAME in tab for tab in screen.tabs)
    customer.sees_heading(labels.page_active)


def close(desk: Desk, labels: Labels, customer: Customer) -> None:
    """End the session from the technician's side, and then the app."""
    desk.click(labels.close)
    desk.click(labels.close_session)
    customer.sees_heading(labels.page_over)
    desk.see(lambda screen: not screen.session(NAME) and not screen.can_press(labels.start))
    quit_app(desk, labels)


def link_in(text: str) -> str:
    """Return the only link in *text*."""
    (link,) = re.findall(r"https?://\S+", text)
    return str(link)


@languages
def test_a_link_mailed_by_the_servers_leads_to_an_active_session(
    language: Language,
    server: RealServer,
    smtp: SmtpProcess,
    display: dict[str, str],
    tmp_path: Path,
    open_customer: OpenCustomer,
) -> None:
    labels = LABELS[language]
    home = Home(tmp_path / "home", display, language)
    smtp.reset()
    with Desk(home.environment, "--server", server.url) as desk:
        sign_in(desk, labels)
        prepare_mail(desk, labels, labels.through_servers)
        desk.click(labels.send)
        desk.see_gone(labels.create_session)
        smtp.wait_for("messages", 1)
        (mail,) = smtp.messages()
        assert mail["From"].addresses[0].display_name == f"{OWNER_NAME}, {ORGANIZATION}"
        assert mail["From"].addresses[0].addr_spec == SENDER
        assert mail["Reply-To"].addresses[0].addr_spec == OWNER_EMAIL
        assert mail["To"].addresses[0].addr_spec == ADDRESS
        assert mail["Subject"] == labels.mail_subject
        plain, rich = (mail.get_body((kind,)) for kind in ("plain", "html"))
        assert plain is not None
        assert rich is not None
        text = plain.get_content()
        assert labels.mail_text in text
        assert labels.mail_end in text
        link = link_in(text)
        assert link.startswith(f"{server.url}/Customer/Code.aspx?i=2&Code=")
        assert link.replace("&", "&amp;") in rich.get_content()
        desk.see_status(NAME, f"{labels.invited} – {labels.mail_sent}")

        customer = open_customer(language)
        take_up(desk, labels, customer, link, home)
        close(desk, labels, customer)


@languages
def test_a_link_mailed_by_the_technicians_mail_program_leads_to_an_active_session(
    language: Language,
    server: RealServer,
    display: dict[str, str],
    tmp_path: Path,
    open_customer: OpenCustomer,
) -> None:
    labels = LABELS[language]
    home = Home(tmp_path / "home", display, language)
    home.install_mail_program()
    with Desk(home.environment, "--server", server.url) as desk:
        sign_in(desk, labels)
        prepare_mail(desk, labels, labels.own_client)
        desk.click(labels.send)
        desk.see_text(labels.opened)
        mail: OpenedMail = desk.wait_for(home.opened_mails)[0]
        assert mail.to == ADDRESS
        assert mail.subject == labels.mail_subject
        assert labels.mail_text in mail.text
        assert labels.mail_end in mail.text
        assert "\r\n" in mail.text
        link = link_in(mail.text)
        desk.click(labels.done)
        screen = desk.see_gone(labels.create_session)
        assert ADDRESS in screen.session(NAME).values()

        customer = open_customer(language)
        take_up(desk, labels, customer, link, home)
        close(desk, labels, customer)
