"""Who may download the applet, and under which name."""

from collections.abc import Iterator

import pytest
import requests

from rescue_console.applet.arriving.file_name import read_file_name
from rescue_console.network.server_address import read_address
from rescue_console.protocol.links import LinkParts
from rescue_console.server.routes.customer.applet_download import saved_name
from tests.stage.customers.beside import join_by_page, named
from tests.stage.links import link_parts
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S

BYTES = b"the same for everybody" * 1_000


@pytest.fixture(scope="module")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    folder = tmp_path_factory.mktemp("applets")
    for name in ("rescue-applet", "rescue-applet.exe", "private.txt"):
        (folder / name).write_bytes(BYTES)
    data = tmp_path_factory.mktemp("server") / "data"
    with RealServer(data, "--applets", str(folder)) as server:
        yield server


def fetch(
    server: RealServer, name: str, code: str = "", key: str = "", cookie: str = ""
) -> requests.Response:
    return requests.get(
        f"{server.url}/Customer/Applet/{name}",
        params={"Code": code, "k": key} if code else {},
        cookies={"rescue_customer": cookie} if cookie else {},
        timeout=WAIT_S,
    )


@pytest.mark.parametrize(
    ("file", "ending"), [("rescue-applet", ".bin"), ("rescue-applet.exe", ".exe")]
)
def test_a_customer_with_the_link_gets_it_named_after_the_invitation(
    server: RealServer, file: str, ending: str
) -> None:
    link = link_parts(server.owner.create_session()["link"])
    answer = fetch(server, file, link.code, link.key)

    assert answer.content == BYTES
    port = server.url.rpartition(":")[2]
    own = named(answer)
    name = f"Rescue-{link.code}-{own.key}%40127.0.0.1%2B{port}{ending}"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == f"attachment; filename*=utf-8''{name}"
    assert own.key != link.key
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "url",
    [
        "https://help.example.org",
        "https://help.example.org:8443",
        "https://support.app",
        "https://support-1",
        "https://192.0.2.7",
        "http://127.0.0.1:8080",
    ],
)
@pytest.mark.parametrize("file", ["rescue-applet", "rescue-applet.exe"])
@pytest.mark.parametrize("mark", ["", "(1)", " (2)", "-3", "_4", " - Copy", " (another copy)"])
def test_the_name_leads_to_the_server_whatever_a_browser_puts_before_its_ending(
    url: str, file: str, mark: str
) -> None:
    link = LinkParts("618689", "AbCdEfGhIjKlMnOpQrS-_1")
    name, dot, ending = saved_name(file, link, url).rpartition(".")

    read = read_file_name(f"{name}{mark}{dot}{ending}")

    assert read is not None
    assert read.link == link
    assert read_address(read.server) == read_address(url)


def test_a_browser_that_has_joined_gets_it_by_its_cookie(server: RealServer) -> None:
    link = link_parts(server.owner.create_session()["link"])
    form = {"code": link.code, "key": link.key, "platform": "linux"}
    joined = requests.post(
        f"{server.url}/Customer/Join", form, allow_redirects=False, timeout=WAIT_S
    )
    answer = fetch(server, "rescue-applet", cookie=joined.cookies["rescue_customer"])

    assert answer.content == BYTES
    assert named(answer).code == link.code
    assert link.key not in answer.headers["Content-Disposition"]


def test_who_has_the_link_of_a_session_that_somebody_has_joined_does_not_get_it(
    server: RealServer,
) -> None:
    link = link_parts(server.owner.create_session()["link"])
    cookies = join_by_page(server.url, link)

    assert fetch(server, "rescue-applet", link.code, link.key).status_code == 404
    # From a tab that was left open the one who has joined does.
    own = fetch(server, "rescue-applet", link.code, link.key, cookies["rescue_customer"])
    assert own.status_code == 200
    assert named(own).key != link.key


def test_by_a_form_no_address_holds_the_key(server: RealServer) -> None:
    link = link_parts(server.owner.create_session()["link"])
    address = f"{server.url}/Customer/Applet/rescue-applet"
    answer = requests.post(address, {"code": link.code, "key": link.key}, timeout=WAIT_S)

    assert answer.content == BYTES
    assert named(answer).key != link.key
    for form in ({}, {"code": link.code, "key": "A" * 22}, {"code": link.code}):
        assert requests.post(address, form, timeout=WAIT_S).status_code == 404


@pytest.mark.parametrize(
    "name", ["private.txt", "rescue-applet.app.zip", "..%2Fdata", "rescue-applet%00.exe"]
)
def test_nothing_else_in_the_folder_can_be_fetched(server: RealServer, name: str) -> None:
    link = link_parts(server.owner.create_session()["link"])

    assert fetch(server, name, link.code, link.key).status_code == 404


def test_without_a_working_invitation_nobody_gets_it(server: RealServer) -> None:
    made = server.owner.create_session()
    link = link_parts(made["link"])
    wrong_key = fetch(server, "rescue-applet", link.code, "A" * 22)
    nothing = fetch(server, "rescue-applet")
    wrong_cookie = fetch(server, "rescue-applet", cookie="unknown")
    server.owner.post(f"/sessions/{made['id']}/close")
    over = fetch(server, "rescue-applet", link.code, link.key)

    codes = [each.status_code for each in (wrong_key, nothing, wrong_cookie, over)]
    assert codes == [404, 404, 404, 404]
