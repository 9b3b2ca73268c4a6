"""The customer's routes over HTTP and WebSocket, against a running server."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.pages.headers import page_headers
from tests.stage.customers.site import Site, link_parts, open_site
from tests.stage.until import WAIT_S

BROWSER = {"Accept": "text/html", "Accept-Language": "en"}
UNKNOWN_LINKS = [
    "",
    "?Code=618689",
    "?k=AAAAAAAAAAAAAAAAAAAAAA",
    "?i=2&Code=618689&k=AAAAAAAAAAAAAAAAAAAAAA",
    "?i=2&Code=abc&k=AAAAAAAAAAAAAAAAAAAAAA",
    "?i=2&Code=618689&k=short",
    "?i=2&Code=618689&k=%00%0d%0a<script>",
    "?i=2&Code=%F0%9F%98%80&k=" + "A" * 5_000,
    "?Code=1&Code=2&k=3&k=4",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(Path(tmp_path_factory.mktemp("site"))) as running:
        yield running


@pytest.fixture
def web() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.headers.update(BROWSER)
        yield session


def join(site: Site, web: requests.Session, session: Session) -> requests.Response:
    parts = link_parts(site, session)
    form = {"code": parts.code, "key": parts.key, "platform": "linux"}
    return web.post(f"{site.url}/Customer/Join", form, allow_redirects=False, timeout=WAIT_S)


def live(site: Site, cookie: str = "", origin: str | None = None) -> ClientConnection:
    return connect(
        f"{site.url}/Customer/Live?lang=en".replace("http", "ws", 1),
        origin=Origin(origin or site.url),
        additional_headers={"Cookie": cookie} if cookie else {},
        open_timeout=WAIT_S,
    )


def close_code(socket: ClientConnection) -> int | None:
    with pytest.raises(ConnectionClosed):
        socket.recv(WAIT_S)
    return socket.close_code


def test_wrong_unknown_and_malformed_links_get_one_answer(
    site: Site, web: requests.Session
) -> None:
    right = site.create().link
    links = [f"{site.url}/Customer/Code.aspx{query}" for query in UNKNOWN_LINKS]
    wrong_key = right[:-1] + ("A" if right[-1] != "A" else "B")
    answers = [web.get(link, timeout=WAIT_S) for link in [*links, wrong_key]]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert len({tuple(sorted(_steady(answer))) for answer in answers}) == 1
    assert "This link does not work" in answers[0].text


def _steady(answer: requests.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name.lower() != "date"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_fetching_the_link_changes_nothing(site: Site, web: requests.Session, method: str) -> None:
    session = site.create()
    before = site.do(site.sessions.read(site.caller, session.id))
    assert web.request(method, session.link, timeout=WAIT_S).status_code == 200
    assert site.do(site.sessions.read(site.caller, session.id)) == before
    assert not web.cookies


def test_punctuation_that_a_mail_program_added_to_the_link_does_no_harm(
    site: Site, web: requests.Session
) -> None:
    assert web.get(site.create().link + ">.", timeout=WAIT_S).status_code == 200


def test_a_customer_with_an_expired_link_is_told_so(site: Site, web: requests.Session) -> None:
    session = site.create()
    site.expire(session)
    answer = web.get(session.link, timeout=WAIT_S)
    assert answer.status_code == 410
    assert "This link has expired" in answer.text
    assert join(site, web, session).status_code == 410


def test_a_customer_with_the_link_of_a_closed_session_is_told_so(
    site: Site, web: requests.Session
) -> None:
    session = site.create()
    site.join(session)
    site.close(session)
    answer = web.get(session.link, timeout=WAIT_S)
    assert answer.status_code == 410
    assert "This session is over" in answer.text


def test_joining_gives_a_cookie_that_scripts_and_other_sites_cannot_use(
    site: Site, web: requests.Session
) -> None:
    answer = join(site, web, site.create())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/Customer/Session")
    attributes = {part.strip().lower() for part in answer.headers["Set-Cookie"].split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/customer"} <= attributes
    assert "secure" not in attributes, "the test runs over plain HTTP"


def test_over_tls_cookies_never_go_out_in_the_clear(site: Site, web: requests.Session) -> None:
    web.headers["X-Forwarded-Proto"] = "https"
    joined = join(site, web, site.create())
    chosen = web.get(f"{site.url}/?lang=fr", timeout=WAIT_S)
    for answer in (joined, chosen):
        assert "secure" in answer.headers["Set-Cookie"].lower()
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_only_the_first_browser_joins(site: Site, web: requests.Session) -> None:
    session = site.create()
    site.join(session)
    answer = join(site, web, session)
    assert answer.status_code == 409
    assert "already joined" in answer.text
    assert not web.cookies


def test_joining_twice_in_the_same_browser_leads_to_the_same_room(
    site: Site, web: requests.Session
) -> None:
    session = site.create()
    join(site, web, session)
    first = web.cookies["rescue_customer"]
    assert join(site, web, session).headers["Location"] == "/Customer/Session"
    assert web.cookies["rescue_customer"] == first


def test_the_link_of_the_joined_session_leads_back_to_its_room(
    site: Site, web: requests.Session
) -> None:
    session = site.create()
    join(site, web, session)
    answer = web.get(session.link, timeout=WAIT_S)
    # The cookie is for paths below /Customer, and so is the link.
    assert urlsplit(answer.url).path == "/Customer/Session"
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/Customer/Pin", "/Customer/Join", "/Customer/Leave"])
def test_a_form_from_another_site_is_refused(site: Site, web: requests.Session, path: str) -> None:
    session = site.create()
    parts = link_parts(site, session)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        form = {"code": parts.code, "key": parts.key}
        answer = web.post(f"{site.url}{path}", form, headers=headers, timeout=WAIT_S)
        assert answer.status_code == 403
    assert site.status(session) is SessionStatus.INVITED


@pytest.mark.parametrize("token", ["", "wrong", "é\ud83d\ude00".encode("utf-16", "surrogatepass")])
def test_leaving_needs_the_token_of_the_page(
    site: Site, web: requests.Session, token: str | bytes
) -> None:
    session = site.create()
    join(site, web, session)
    answer = web.post(f"{site.url}/Customer/Leave", {"token": token}, timeout=WAIT_S)
    assert answer.status_code == 403
    assert site.status(session) is SessionStatus.WAITING


def test_wrong_used_and_unknown_pins_get_one_answer(site: Site, web: requests.Session) -> None:
    used = site.create(ConnectionMethod.PIN)
    site.join(used)
    over = site.create(ConnectionMethod.PIN)
    site.close(over)
    by_link = site.create(ConnectionMethod.LINK)
    texts = set()
    for typed in (used.code, over.code, by_link.code, "000000", "9" * 12):
        answer = web.post(f"{site.url}/Customer/Pin", {"code": typed}, timeout=WAIT_S)
        assert answer.status_code == 422
        texts.add(answer.text.replace(f'value="{typed}"', 'value=""'))
    assert len(texts) == 1


def test_what_is_no_pin_is_said_to_be_none_and_guesses_nothing(
    tmp_path: Path, web: requests.Session
) -> None:
    with open_site(tmp_path) as fresh:
        url = f"{fresh.url}/Customer/Pin"
        for typed in ("12ab", "", "9" * 40, *("61868" for _ in range(25))):
            answer = web.post(url, {"code": typed}, timeout=WAIT_S)
            assert (answer.status_code, "6 to 12 digits" in answer.text) == (422, True)
            assert f'value="{typed}"' in answer.text
            applets = requests.post(
                f"{fresh.url}/Customer/AppletPin", json={"pin": typed}, timeout=WAIT_S
            )
            assert applets.status_code == 400
            assert "6 to 12 digits" in applets.text
        pin = fresh.create(ConnectionMethod.PIN)
        answer = web.post(url, {"code": pin.code}, timeout=WAIT_S)
    assert "Join in this browser" in answer.text


def test_a_whole_link_in_the_place_of_the_pin_leads_to_the_join_page(
    site: Site, web: requests.Session
) -> None:
    session = site.create(ConnectionMethod.LINK)
    pasted = f"Anna: <{session.link.replace('&', '&amp;')}>"
    answer = web.post(f"{site.url}/Customer/Pin", {"code": pasted}, timeout=WAIT_S)
    assert "Join in this browser" in answer.text


@pytest.mark.parametrize(
    ("plain", "changed"),
    [("&", "&amp;"), ("&k=", "%26k%3D"), ("&k=", "%0D%0A&k="), ("&k=", "&k=%E2%80%8B")],
)
def test_a_link_that_a_gateway_has_changed_still_opens(
    site: Site, web: requests.Session, plain: str, changed: str
) -> None:
    query = urlsplit(site.create().link).query.replace(plain, changed)
    answer = web.get(f"{site.url}/Customer/Code.aspx?{query}", timeout=WAIT_S)
    assert (answer.status_code, "Join in this browser" in answer.text) == (200, True)


def test_a_pin_leads_to_the_join_page_with_its_key(site: Site, web: requests.Session) -> None:
    session = site.create(ConnectionMethod.PIN)
    typed = f"{session.code[:3]}\u202f{session.code[3:]}"
    answer = web.post(f"{site.url}/Customer/Pin", {"code": typed}, timeout=WAIT_S)
    assert answer.status_code == 200
    assert parse_qs(urlsplit(answer.url).query)["i"] == ["1"]
    assert "Join in this browser" in answer.text


def test_somebody_who_guesses_pins_is_told_how_long_to_wait(
    tmp_path: Path, web: requests.Session
) -> None:
    with open_site(tmp_path) as fresh:
        url = f"{fresh.url}/Customer/Pin"
        answers = [web.post(url, {"code": "000000"}, timeout=WAIT_S) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [422] * 20 + [429]
    assert "Too many attempts. Wait 15 minutes" in answers[-1].text
    assert 800 < int(answers[-1].headers["Retry-After"]) <= 900


def test_typed_text_comes_back_escaped(site: Site, web: requests.Session) -> None:
    typed = '"><script>x</script>'
    answer = web.post(f"{site.url}/Customer/Pin", {"code": typed}, timeout=WAIT_S)
    assert typed not in answer.text
    assert "&#34;&gt;&lt;script&gt;x&lt;/script&gt;" in answer.text


@pytest.mark.parametrize("path", ["/", "/Customer/Code.aspx", "/Customer/Session", "/nowhere"])
def test_every_page_is_closed_to_frames_caches_and_foreign_code(
    site: Site, web: requests.Session, path: str
) -> None:
    headers = web.get(f"{site.url}{path}", timeout=WAIT_S).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "noindex" in headers["X-Robots-Tag"]
    assert "Strict-Transport-Security" not in headers


def test_strict_transport_security_is_sent_only_over_tls() -> None:
    assert "Strict-Transport-Security" in page_headers("https")
    assert "Strict-Transport-Security" not in page_headers("http")


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Accept": "text/html"}, "text/html"),
        ({"Accept": "application/json"}, "application/problem+json"),
        ({"Accept": "*/*"}, "application/problem+json"),
    ],
)
def test_people_get_error_pages_and_programs_get_problems(
    site: Site, headers: dict[str, str], kind: str
) -> None:
    answer = requests.get(f"{site.url}/nowhere", headers=headers, timeout=WAIT_S)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith(kind)
    api = requests.get(
        f"{site.url}/api/v1/nowhere", headers={"Accept": "text/html"}, timeout=WAIT_S
    )
    assert api.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{}", "application/json"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"code=%zz&&&=", "application/x-www-form-urlencoded"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"", ""),
    ],
)
@pytest.mark.parametrize("path", ["/Customer/Pin", "/Customer/Join", "/Customer/Leave"])
def test_a_nonsensical_form_is_refused_and_breaks_nothing(
    site: Site, web: requests.Session, path: str, body: bytes, kind: str
) -> None:
    answer = web.post(f"{site.url}{path}", body, headers={"Content-Type": kind}, timeout=WAIT_S)
    assert 400 <= answer.status_code < 500
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_platform_set_by_the_technician_chooses_the_words(
    site: Site, web: requests.Session
) -> None:
    link = site.create(platform=DevicePlatform.ANDROID).link
    answer = web.get(link, headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0)"}, timeout=WAIT_S)
    assert "this Android device" in answer.text
    assert "the screen on while you wait" in answer.text


def test_the_chosen_language_is_remembered(site: Site, web: requests.Session) -> None:
    assert 'lang="en"' in web.get(site.url, timeout=WAIT_S).text
    web.get(f"{site.url}/?lang=fr", timeout=WAIT_S)
    assert '<html lang="fr">' in web.get(site.url, timeout=WAIT_S).text


def test_files_are_cached_forever_at_the_address_of_their_content(
    site: Site, web: requests.Session
) -> None:
    address = web.get(site.url, timeout=WAIT_S).text.partition('href="/static/join/')[2][:16]
    current = web.get(f"{site.url}/static/join/{address}/join.css", timeout=WAIT_S)
    other = web.get(f"{site.url}/static/join/0000/join.css", timeout=WAIT_S)
    assert "immutable" in current.headers["Cache-Control"]
    assert other.headers["Cache-Control"] == "no-cache"
    assert current.text == other.text
    assert current.headers["Content-Encoding"] == "gzip"
    plain = web.get(
        f"{site.url}/static/join/0000/live.js", headers={"Accept-Encoding": ""}, timeout=WAIT_S
    )
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize("name", ["..%2f__init__.py", "%2e%2e/x", "nothing.css", "join.css%00"])
def test_no_other_file_can_be_fetched(site: Site, web: requests.Session, name: str) -> None:
    assert web.get(f"{site.url}/static/join/0000/{name}", timeout=WAIT_S).status_code == 404


def test_a_session_is_connecting_while_its_page_is_open_and_invited_again_after(site: Site) -> None:
    session = site.create()
    parts = link_parts(site, session)
    with live(site) as socket:
        opening = {"code": parts.code, "key": parts.key, "platform": "windows"}
        socket.send(json.dumps({"kind": "open"} | opening))
        assert json.loads(socket.recv(WAIT_S))["status"] == "connecting"
        read = site.do(site.sessions.read(site.caller, session.id))
        assert read.detected_platform is DevicePlatform.WINDOWS
    site.wait_for(session, SessionStatus.INVITED)


def test_the_room_is_told_every_change_until_the_session_is_over(
    site: Site, web: requests.Session
) -> None:
    session = site.create()
    join(site, web, session)
    with live(site, f"rescue_customer={web.cookies['rescue_customer']}") as socket:
        socket.send('{"kind": "open"}')
        assert json.loads(socket.recv(WAIT_S))["status"] == "waiting"
        site.start(session)
        state = json.loads(socket.recv(WAIT_S))
        assert (state["status"], state["title"]) == ("active", "Marie Martin is helping you")
        site.close(session)
        assert json.loads(socket.recv(WAIT_S))["over"] is True
        assert close_code(socket) == 1000


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_socket_opened_by_another_site_is_refused(site: Site, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        live(site, origin=origin)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "opening",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"kind": "open", "platform": "toaster"}',
        '{"kind": "open", "code": 1}',
        '{"kind": "chat", "text": "hello", "key": "1"}',
        '{"kind": "consent", "power": "view", "granted": true}',
        "x" * 5_000,
    ],
)
def test_a_socket_that_talks_nonsense_is_closed(site: Site, opening: str) -> None:
    with live(site) as socket:
        socket.send(opening)
        assert close_code(socket) == 4400


def test_a_socket_that_sends_bytes_is_closed(site: Site) -> None:
    with live(site) as socket:
        socket.send(b"{}")
        assert close_code(socket) == 4400


@pytest.mark.parametrize(
    "opening",
    [
        '{"kind": "open"}',
        '{"kind": "open", "code": "000000", "key": "AAAAAAAAAAAAAAAAAAAAAA"}',
        '{"kind": "open", "code": "x"}',
        '{"kind": "open", "token": "an applet token, sent by a page"}',
    ],
)
def test_a_socket_without_a_session_is_closed(site: Site, opening: str) -> None:
    with live(site, "rescue_customer=wrong") as socket:
        socket.send(opening)
        assert close_code(socket) == 4401
