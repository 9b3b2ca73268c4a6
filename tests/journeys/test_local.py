"""``rescue-console --local``: a private server, no account needed, and mails written as files."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import psutil
import pytest

from rescue_console.protocol.choices import Language
from tests.stage.desk.desk import Desk
from tests.stage.desk.home import Home
from tests.stage.desk.labels import ENGLISH
from tests.stage.desk.steps import open_create_session, quit_app, wait_until_ready

pytestmark = pytest.mark.timeout(300)

OUTBOX = Path(".local/share/rescue-console/server/outbox")


def test_a_local_start_signs_in_by_itself_and_writes_mails_as_files(home: Home) -> None:
    with Desk(home.environment, "--local") as desk:
        wait_until_ready(desk, ENGLISH)
        (server,) = psutil.Process(desk.pid).children()
        open_create_session(desk, ENGLISH, "Mina Park", ENGLISH.email_tab)
        desk.click(ENGLISH.through_servers)
        desk.fill(ENGLISH.to, "mina@customer.example")
        desk.click(ENGLISH.send)
        desk.see_status("Mina Park", f"{ENGLISH.invited} – {ENGLISH.mail_sent}")
        (file,) = (home.folder / OUTBOX).glob("*.eml")
        mail = message_from_bytes(file.read_bytes(), policy=default)
        assert mail["To"] == "mina@customer.example"

        quit_app(desk, ENGLISH)
        assert not server.is_running()


def test_sessions_from_the_last_local_start_are_still_there(home: Home) -> None:
    with Desk(home.environment, "--local") as desk:
        wait_until_ready(desk, ENGLISH)
        open_create_session(desk, ENGLISH, "Mina Park", "Link")
        desk.click("Copy link to clipboard")
        desk.see_status("Mina Park", ENGLISH.invited)
        desk.kill()

    with Desk(home.environment, "--local") as desk:
        desk.see_status("Mina Park", ENGLISH.invited)


def test_a_server_that_is_killed_comes_back_while_the_console_stays(home: Home) -> None:
    with Desk(home.environment, "--local") as desk:
        wait_until_ready(desk, ENGLISH)
        (server,) = psutil.Process(desk.pid).children()
        server.kill()
        desk.see(lambda screen: screen.says("is being started again"))
        wait_until_ready(desk, ENGLISH)
        open_create_session(desk, ENGLISH, "Mina Park", "Link")
        desk.see(lambda screen: screen.says("only the computer that it runs on can open them"))
        desk.click("Copy link to clipboard")
        desk.see_status("Mina Park", ENGLISH.invited)


def test_two_people_on_one_computer_start_together_and_get_a_server_each(
    tmp_path: Path, display: dict[str, str]
) -> None:
    homes = [Home(tmp_path / name, display, Language("en")) for name in ("ana", "ben")]
    with (
        Desk(homes[0].environment, "--local") as first,
        Desk(homes[1].environment, "--local") as second,
    ):
        wait_until_ready(first, ENGLISH)
        wait_until_ready(second, ENGLISH)
        quit_app(first, ENGLISH)
        quit_app(second, ENGLISH)
