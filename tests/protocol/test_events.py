"""Events survive the wire, and nothing else is read as an event."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from rescue_console.protocol.answers import (
    Email,
    GroupRef,
    MailText,
    Session,
    TechnicianRef,
    Transfer,
)
from rescue_console.protocol.choices import (
    ConnectionMethod,
    DevicePlatform,
    EmailState,
    Language,
)
from rescue_console.protocol.events import (
    EmailChanged,
    Event,
    Hello,
    MeChanged,
    SessionChanged,
    SessionRemoved,
    Subscribe,
)
from rescue_console.protocol.statuses import SessionStatus

AT = datetime(2026, 3, 1, 9, 5, 7, 123456, tzinfo=UTC)
ADA = TechnicianRef(id="a", name="Ada")
EMAIL = Email(
    id="e",
    session_id="s",
    to="zoe@example.org",
    state=EmailState.QUEUED,
    attempts=1,
    created_at=AT,
    changed_at=AT,
    next_attempt_at=AT,
    detail="451 later",
)
SESSION = Session(
    id="s",
    name="Zoé \u202e 🙂",
    status=SessionStatus.TRANSFERRING,
    status_since=AT,
    due_at=None,
    method=ConnectionMethod.EMAIL,
    language=Language("fr"),
    mobile=True,
    platform=DevicePlatform.AUTO,
    detected_platform=DevicePlatform.IOS,
    code="618689",
    link="https://help.example/",
    created_at=AT,
    expires_at=AT,
    created_by=ADA,
    group=GroupRef(id="g", name="North"),
    technician=ADA,
    transfer=Transfer(from_technician=ADA, to_group=GroupRef(id="h", name="South"), comment="!"),
    email=EMAIL,
    mail=MailText(subject="Hello", text="Line\nline"),
)


@pytest.mark.parametrize(
    "event",
    [
        Hello(number=7, resumed=True, server_time=AT),
        SessionChanged(number=8, session=SESSION),
        SessionRemoved(number=9, session_id="s"),
        EmailChanged(number=10, email=EMAIL),
        MeChanged(number=2**53),
    ],
    ids=lambda event: event.__struct_config__.tag,
)
def test_an_event_comes_out_as_it_went_in(event: Any) -> None:
    assert msgspec.json.decode(msgspec.json.encode(event), type=Event) == event


def test_times_travel_as_utc_with_a_z() -> None:
    sent = msgspec.json.decode(msgspec.json.encode(Hello(number=1, resumed=False, server_time=AT)))
    assert sent["server_time"] == "2026-03-01T09:05:07.123456Z"


def test_a_console_can_ask_to_begin_now_or_after_a_number() -> None:
    for request in (Subscribe(access_token="t"), Subscribe(access_token="t", after=0)):
        assert msgspec.json.decode(msgspec.json.encode(request), type=Subscribe) == request


def test_a_newer_servers_extra_field_does_not_stop_an_older_console() -> None:
    raw = b'{"kind":"me.changed","number":3,"reason":"new in a later version"}'
    assert msgspec.json.decode(raw, type=Event) == MeChanged(number=3)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b'{"number":3}',
        b'{"kind":"unheard.of","number":3}',
        b'{"kind":"me.changed"}',
        b'{"kind":"me.changed","number":"3"}',
        b'{"kind":"session.changed","number":3,"session":{}}',
    ],
)
def test_nothing_else_is_read_as_an_event(raw: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(raw, type=Event)
