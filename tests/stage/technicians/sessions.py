"""Sessions for tests, which give only the values that matter."""

from datetime import UTC, datetime, timedelta
from typing import Any

from rescue_console.protocol.answers import GroupRef, Session, TechnicianRef
from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform, Language
from rescue_console.protocol.statuses import SessionStatus

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ALICE = TechnicianRef(id="t1", name="Alice Martin")
BRUNO = TechnicianRef(id="t2", name="Bruno Leroy")


def make_session(
    number: int,
    status: SessionStatus = SessionStatus.WAITING,
    *,
    minute: float = 0,
    **values: Any,
) -> Session:
    """Return session *number*, in *status* since *minute* minutes after START."""
    plain: dict[str, Any] = {
        "id": f"s{number}",
        "name": f"Customer {number}",
        "status": status,
        "status_since": START + timedelta(minutes=minute),
        "due_at": None,
        "method": ConnectionMethod.LINK,
        "language": Language("en"),
        "mobile": False,
        "platform": DevicePlatform.AUTO,
        "detected_platform": None,
        "code": f"{100_000 + number}",
        "link": f"https://help.example.org/{number}",
        "created_at": START + timedelta(minutes=number),
        "expires_at": None,
        "created_by": ALICE,
        "group": GroupRef(id="g1", name="Support"),
    }
    return Session(**(plain | values))
