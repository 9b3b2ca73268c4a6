"""A busy organization's sessions: as many as needed, and the same in every run."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from rescue_console.protocol.answers import Email, GroupRef, Session, TechnicianRef
from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform, EmailState
from rescue_console.protocol.statuses import ALLOWED_CHANGES, SessionStatus, is_over
from tests.stage.languages import LANGUAGES

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_NAMES = [
    *("Marie Martin", "Jean Dupont", "Élodie Lefèvre", "Ana García", "François Côté", "Zoë Smith"),
    *("Søren Sørensen", "Łukasz Nowak", "Yuki Tanaka", "Aoife O’Brien", "Martin Müller"),
]
_FIRST, _LAST = zip(*(name.split() for name in _NAMES), strict=True)
_GROUP = GroupRef(id="support", name="Support")
_UNSTARTED = {
    SessionStatus.INVITED,
    SessionStatus.CONNECTING,
    SessionStatus.WAITING,
    SessionStatus.EXPIRED,
    SessionStatus.CLOSED_BY_WAITING_CUSTOMER,
}
_OVER_SHARE = 0.6
"""The share of sessions that have ended: a list of 100 000 is mostly history."""


class ManySessions:
    """Makes sessions and changes them as customers and technicians would."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._technicians = [TechnicianRef(id=f"t{n}", name=self._name()) for n in range(60)]
        self._numbers: Iterator[int] = iter(range(10**9))

    def make(self, count: int) -> list[Session]:
        """Return *count* new sessions in all statuses."""
        over = [status for status in SessionStatus if is_over(status)]
        going_on = [status for status in SessionStatus if not is_over(status)]
        return [
            self._session(
                self._random.choice(over if self._random.random() < _OVER_SHARE else going_on)
            )
            for _ in range(count)
        ]

    def change(self, sessions: Sequence[Session], count: int) -> list[Session]:
        """Return new states of *count* of *sessions*; half change status, half their mail."""
        going_on = [session for session in sessions if not is_over(session.status)]
        chosen = self._random.sample(going_on, count)
        return [
            self._next_status(session) if place % 2 else self._next_mail(session)
            for place, session in enumerate(chosen)
        ]

    def _session(self, status: SessionStatus) -> Session:
        number = next(self._numbers)
        created = NOW - timedelta(seconds=self._random.uniform(0, 40 * 86_400))
        method = self._random.choice(list(ConnectionMethod))
        session = Session(
            id=f"{number:026d}",
            name=self._name() if self._random.random() < 0.9 else "",
            status=status,
            status_since=created + timedelta(seconds=self._random.uniform(0, 3_600)),
            due_at=None if is_over(status) else NOW + timedelta(minutes=number % 600),
            method=method,
            language=self._random.choice(LANGUAGES),
            mobile=False,
            platform=DevicePlatform.AUTO,
            detected_platform=self._random.choice(list(DevicePlatform)),
            code=f"{self._random.randrange(10**6):06d}",
            link="https://help.example.org/Customer/Code.aspx",
            created_at=created,
            expires_at=created + timedelta(days=1),
            created_by=self._random.choice(self._technicians),
            group=_GROUP,
        )
        if status not in _UNSTARTED:
            # Whoever invites a customer usually also helps them.
            others = self._random.random() < 0.1
            colleague = self._random.choice(self._technicians)
            session.technician = colleague if others else session.created_by
        if method is ConnectionMethod.EMAIL:
            session.email = self._email(session)
        return session

    def _email(self, session: Session) -> Email:
        return Email(
            id=f"m{session.id}",
            session_id=session.id,
            to=f"customer{int(session.id)}@post.example",
            state=self._random.choice(list(EmailState)),
            attempts=1,
            created_at=session.created_at,
            changed_at=session.created_at,
        )

    def _next_status(self, session: Session) -> Session:
        status = self._random.choice(sorted(ALLOWED_CHANGES[session.status]))
        since = NOW + timedelta(seconds=self._random.uniform(0, 60))
        return msgspec.structs.replace(session, status=status, status_since=since)

    def _next_mail(self, session: Session) -> Session:
        return msgspec.structs.replace(session, email=self._email(session))

    def _name(self) -> str:
        return f"{self._random.choice(_FIRST)} {self._random.choice(_LAST)}"
