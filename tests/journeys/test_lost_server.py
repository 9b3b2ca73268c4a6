"""The server is killed while a technician types: nothing typed is lost, and the list catches up."""

from pathlib import Path

import pytest

from tests.stage.desk.desk import Desk
from tests.stage.desk.home import Home
from tests.stage.desk.labels import ENGLISH
from tests.stage.desk.steps import open_create_session, sign_in, wait_until_ready
from tests.stage.servers.rescue_server import RealServer

pytestmark = pytest.mark.timeout(300)

WHY_DISABLED = "There is no connection to the server at the moment."


def test_a_killed_server_loses_neither_typed_text_nor_changes(tmp_path: Path, home: Home) -> None:
    home.install_mail_program()
    with (
        RealServer(tmp_path / "server") as server,
        Desk(home.environment, "--server", server.url) as desk,
    ):
        sign_in(desk, ENGLISH)
        open_create_session(desk, ENGLISH, "Chloé Roux", ENGLISH.email_tab)
        desk.fill(ENGLISH.to, "chloe@customer.example")

        server.kill()
        screen = desk.see(lambda screen: screen.can_press("Try now"))
        assert "Not connected" in screen.texts
        assert screen.tip(ENGLISH.new_session) == WHY_DISABLED
        assert screen.field(ENGLISH.name) == "Chloé Roux"

        server.start()
        server.sign_in().create_session(name="Made meanwhile")
        wait_until_ready(desk, ENGLISH)
        desk.see_status("Made meanwhile", ENGLISH.invited)
        screen = desk.see(lambda screen: not screen.buttons("Try now"))
        assert screen.field(ENGLISH.name) == "Chloé Roux"
        assert screen.field(ENGLISH.to) == "chloe@customer.example"

        desk.click(ENGLISH.send)
        desk.see_status("Chloé Roux", ENGLISH.invited)
        assert desk.complaints() == []
