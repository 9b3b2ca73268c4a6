"""A help desk in the middle of a morning, for pictures: technicians, and customers in every state.

Everybody here is invented. The customers are real browsers, so that their states last.
"""

import json
import sqlite3
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from playwright.sync_api import Browser, Page
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from tests.stage.servers.rescue_server import OWNER_PASSWORD, Asker, RealServer
from tests.stage.servers.smtp import SmtpProcess
from tests.stage.until import wait_until

ORGANIZATION = "Fernbrook Help Desk"
TECHNICIAN = "Marie Martin"
EMAIL = "marie.martin@fernbrook.example"
PASSWORD = OWNER_PASSWORD
COLLEAGUE = "Tom Becker"
COLLEAGUE_EMAIL = "tom@help.example"
NEWCOMER = "Aisha Rahman"
NEWCOMER_EMAIL = "aisha@help.example"
PUBLIC_URL = "https://help.fernbrook.example"
WRONG_ADDRESS = "hana.sato@nowhere.example"
ACTIVE = "Zoë Dupont"
AGENTS = {
    "windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36",
    "macos": "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Version/17.4 Safari/605.1.15",
    "android": "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0 Mobile Safari/537.36",
}


@dataclass(frozen=True)
class Guest:
    """One customer of that morning.

    Attributes:
        to: The address that the mail was sent to; empty if there was none.
        agent: The key in AGENTS of their browser; empty if they have not opened the page yet.
        joined: Whether they have pressed Join.
        ago: How long they have been in their state.
    """

    name: str
    method: str
    ago: timedelta
    to: str = ""
    agent: str = ""
    joined: bool = False


def _minutes(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


GUESTS = (
    Guest("Elena Petrova", "email", _minutes(6.4), "elena@petrova.example", "windows", True),
    Guest("Samuel Okafor", "link", _minutes(2.1), agent="macos", joined=True),
    Guest(ACTIVE, "email", _minutes(11.3), "zoe@dupont.example", "windows", True),
    Guest("Jonas Weber", "link", _minutes(24), agent="windows", joined=True),
    Guest("Carla Rossi", "link", _minutes(0.7), agent="android", joined=True),
    Guest("Front desk, 2nd floor", "link", _minutes(95), agent="windows", joined=True),
    Guest("Priya Nair", "email", _minutes(0.3), "priya@nair.example", "macos"),
    Guest("Luís Almeida", "email", _minutes(17), "luis@almeida.example"),
    Guest("Hana Sato", "email", _minutes(32), WRONG_ADDRESS),
)


class HelpDesk:
    """Fills a server with that morning.

    Args:
        server: A server with an owner and nothing else, which sends through *smtp*.
    """

    def __init__(self, server: RealServer, smtp: SmtpProcess, chromium: Browser) -> None:
        self._server = server
        self._smtp = smtp
        self._chromium = chromium
        self._pages: list[Page] = []
        self._consoles: list[threading.Thread] = []
        self._over = threading.Event()

    def open(self) -> None:
        """Sign in the technicians and bring every customer into their state."""
        refusal = {"at": "rcpt", "reply": "550 No such person here", "to": WRONG_ADDRESS}
        self._smtp.script(refusal)
        colleague = self._hire()
        self._be_online(self._server.owner, seen_by=colleague)
        self._be_online(colleague, seen_by=self._server.owner)
        ids = {guest.name: self._receive(guest) for guest in GUESTS}
        self._work(self._server.owner, ids, colleague)
        self._age(ids)
        self._show_as(PUBLIC_URL)

    def close_others(self) -> None:
        """Close the sessions that were left over from taking pictures."""
        names = {guest.name for guest in GUESTS}
        for session in self._server.owner.get("/sessions?limit=100").json()["items"]:
            if session["name"] not in names and not session["status"].startswith("closed"):
                self._server.owner.post(f"/sessions/{session['id']}/close")

    def close_active(self) -> None:
        """Close the active session: the pictures of helping bring a customer of their own."""
        for session in self._server.owner.get("/sessions?status=active").json()["items"]:
            if session["name"] == ACTIVE:
                _done(self._server.owner.post(f"/sessions/{session['id']}/close"))

    def leave(self) -> None:
        """Disconnect all customers and technicians."""
        self._over.set()
        for thread in self._consoles:
            thread.join()
        for page in self._pages:
            page.context.close()

    def _hire(self) -> Asker:
        """Name the organization, groups and technicians; return the colleague, signed in."""
        owner = self._server.owner
        me = owner.get("/me").json()
        _done(owner.patch("/organization", json={"name": ORGANIZATION}))
        person = {"name": TECHNICIAN, "email": EMAIL}
        _done(owner.patch(f"/technicians/{me['id']}", json=person))
        root = me["group"]["id"]
        _done(owner.patch(f"/groups/{root}", json={"name": "Day team"}))
        evening = _done(owner.post("/groups", json={"name": "Evening team", "parent_id": root}))
        for name, email, group_id in (
            (COLLEAGUE, COLLEAGUE_EMAIL, root),
            (NEWCOMER, NEWCOMER_EMAIL, evening["id"]),
        ):
            values = {"name": name, "email": email, "password": PASSWORD, "group_id": group_id}
            _done(owner.post("/technicians", json=values))
        return self._server.sign_in(COLLEAGUE_EMAIL, PASSWORD)

    def _be_online(self, technician: Asker, seen_by: Asker) -> None:
        """Keep a console of *technician* connected; return once *seen_by* sees them online."""
        thread = threading.Thread(target=self._attend, args=(technician,), daemon=True)
        thread.start()
        self._consoles.append(thread)
        own_id = technician.get("/me").json()["id"]

        def seen_online() -> bool:
            colleagues = _done(seen_by.get("/colleagues"))["technicians"]
            [seen] = [each["availability"] for each in colleagues if each["id"] == own_id]
            return bool(seen == "online")

        wait_until(seen_online)

    def _attend(self, technician: Asker) -> None:
        subscribe = json.dumps({"kind": "subscribe", "access_token": technician.access_token})
        while not self._over.is_set():
            with (
                suppress(OSError, WebSocketException),
                connect(self._server.events_url, proxy=None, max_queue=None) as socket,
            ):
                socket.send(subscribe)
                while not self._over.is_set():
                    with suppress(TimeoutError):
                        socket.recv(0.2)
            self._over.wait(0.2)

    def _receive(self, guest: Guest) -> str:
        """Invite *guest*, open their page and join if they have; return the session's id."""
        owner = self._server.owner
        session = owner.create_session(guest.method, name=guest.name)
        if guest.to:
            key = {"Idempotency-Key": session["id"]}
            sent = owner.post(
                f"/sessions/{session['id']}/emails", json={"to": guest.to}, headers=key
            )
            _done(sent)
        if guest.agent:
            page = self._chromium.new_page(user_agent=AGENTS[guest.agent], locale="en-GB")
            self._pages.append(page)
            page.goto(session["link"])
            if guest.joined:
                page.get_by_role("button", name="Join in this browser").click()
                page.locator("[data-status=waiting]").wait_for()
        return str(session["id"])

    @staticmethod
    def _work(owner: Asker, ids: dict[str, str], colleague: Asker) -> None:
        """Start, hold and transfer sessions as the technicians have done so far."""
        me = owner.get("/me").json()["id"]
        for asker, name, what, values in (
            (owner, ACTIVE, "start", None),
            (colleague, "Jonas Weber", "start", None),
            (owner, "Front desk, 2nd floor", "start", None),
            (owner, "Front desk, 2nd floor", "hold", None),
            (colleague, "Carla Rossi", "start", None),
            (
                colleague,
                "Carla Rossi",
                "transfer",
                {"technician_id": me, "comment": "Needs somebody who knows the printers"},
            ),
        ):
            _done(asker.post(f"/sessions/{ids[name]}/{what}", json=values))

    def _age(self, ids: dict[str, str]) -> None:
        """Change times in the database so that every guest entered their state *ago*."""
        with closing(sqlite3.connect(self._server.data / "rescue.sqlite3", timeout=30)) as database:
            for guest in GUESTS:
                back = guest.ago // timedelta(microseconds=1)
                database.execute(
                    "UPDATE session_log SET at = at - ? WHERE session_id = ?",
                    (back, ids[guest.name]),
                )
                database.execute(
                    "UPDATE sessions SET status_since = status_since - ?,"
                    " created_at = created_at - ? WHERE id = ?",
                    (back, back + 90_000_000, ids[guest.name]),
                )
            database.commit()

    def _show_as(self, public_url: str) -> None:
        """Let links and PIN codes show an address that people could remember."""
        owner = self._server.owner
        group_id = owner.get("/me").json()["group"]["id"]
        _done(owner.patch(f"/groups/{group_id}", json={"settings": {"public_url": public_url}}))


def _done(answer: Any) -> dict[str, Any]:
    assert answer.ok, answer.text
    found: dict[str, Any] = answer.json() if answer.content else {}
    return found
