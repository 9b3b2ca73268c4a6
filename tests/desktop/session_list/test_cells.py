from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rescue_console.desktop.look.palettes import Tone, tone_color
from rescue_console.desktop.session_list.cells import SessionCells
from rescue_console.desktop.session_list.order import Column, sort_key
from rescue_console.protocol.answers import Email, TechnicianRef, Transfer
from rescue_console.protocol.choices import DevicePlatform, EmailState
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.sessions import ALICE, BRUNO, START, make_session

Role = Qt.ItemDataRole


@pytest.fixture
def cells(qapp: QApplication) -> SessionCells:
    return SessionCells(lambda: START.timestamp() + 725, ALICE.id)


def mail(state: EmailState, detail: str = "", trouble: str = "") -> Email:
    return Email(
        id="m1",
        session_id="s1",
        to="marie@example.org",
        state=state,
        attempts=1,
        created_at=START,
        changed_at=START,
        detail=detail,
        trouble=trouble,
    )


def test_a_row_shows_how_many_messages_are_unread(qapp: QApplication) -> None:
    cells = SessionCells(START.timestamp, ALICE.id, lambda session_id: 2)
    session = make_session(1, SessionStatus.ON_HOLD, name="Jean", technician=ALICE)
    assert cells.data(session, Column.NAME, Role.DisplayRole) == "Jean (2)"
    assert cells.data(session, Column.NAME, Role.FontRole).bold()
    assert cells.data(session, Column.NAME, Role.ToolTipRole) == "Unread messages: 2"


def test_a_customer_without_a_name_is_called_customer(cells: SessionCells) -> None:
    assert cells.data(make_session(1, name=""), Column.NAME, Role.DisplayRole) == "Customer"


def test_the_customer_without_a_name_is_a_client_in_french(
    cells: SessionCells, french: None
) -> None:
    assert cells.data(make_session(1, name=""), Column.NAME, Role.DisplayRole) == "Client"


def test_time_in_status_is_counted_by_the_servers_clock(cells: SessionCells) -> None:
    assert cells.data(make_session(1), Column.TIME, Role.DisplayRole) == "12:05"


def test_a_waiting_customer_catches_the_eye(cells: SessionCells) -> None:
    assert cells.data(make_session(1), Column.STATUS, Role.FontRole).bold()
    assert not cells.data(make_session(1), Column.NAME, Role.DecorationRole).isNull()
    active = make_session(1, SessionStatus.ACTIVE)
    assert cells.data(active, Column.STATUS, Role.FontRole) is None


def test_a_transfer_is_incoming_for_the_receiver_and_outgoing_for_the_sender(
    cells: SessionCells,
) -> None:
    given = Transfer(from_technician=ALICE, to_technician=BRUNO)
    session = make_session(1, SessionStatus.TRANSFERRING, transfer=given)
    assert cells.data(session, Column.STATUS, Role.DisplayRole) == "Outgoing"
    cells.my_id = BRUNO.id
    assert cells.data(session, Column.STATUS, Role.DisplayRole) == "Incoming"


def test_the_last_minutes_have_a_warning_colour(cells: SessionCells) -> None:
    soon = make_session(1, due_at=START + timedelta(seconds=725 + 120))
    later = make_session(1, due_at=START + timedelta(hours=2))
    warning = tone_color(QGuiApplication.palette(), Tone.WARNING)
    assert cells.data(soon, Column.TIME, Role.ForegroundRole).color() == warning
    assert cells.data(soon, Column.TIME, Role.ToolTipRole) == "Ends by itself in 2:00"
    assert cells.data(later, Column.TIME, Role.ForegroundRole) is None


def test_an_invited_row_shows_the_state_of_the_mail(cells: SessionCells) -> None:
    session = make_session(1, SessionStatus.INVITED, email=mail(EmailState.SENT))
    assert cells.data(session, Column.STATUS, Role.DisplayRole) == "Invited – e-mail sent"


def test_a_refused_mail_shows_the_mail_servers_words(cells: SessionCells) -> None:
    failed = mail(EmailState.FAILED, "550 no such user")
    session = make_session(1, SessionStatus.INVITED, email=failed)
    error = tone_color(QGuiApplication.palette(), Tone.ERROR)
    assert cells.data(session, Column.STATUS, Role.ForegroundRole).color() == error
    assert "550 no such user" in cells.data(session, Column.STATUS, Role.ToolTipRole)


@pytest.mark.parametrize(
    ("email", "words", "tone"),
    [
        (mail(EmailState.FAILED, "550 No", "recipient_refused"), "e-mail failed", Tone.ERROR),
        (mail(EmailState.QUEUED, "535 No", "sign_in_refused"), "tell your IT", Tone.ERROR),
        (mail(EmailState.QUEUED, "", "unreachable"), "tell your IT", Tone.ERROR),
        (mail(EmailState.QUEUED, "451 Later", "delayed"), "e-mail delayed", Tone.WARNING),
        (mail(EmailState.QUEUED, "", "of_a_later_version"), "e-mail delayed", Tone.WARNING),
        (mail(EmailState.QUEUED, "451 Later"), "e-mail delayed", Tone.WARNING),
        (mail(EmailState.FAILED, "", "no_answer"), "e-mail given up", Tone.ERROR),
    ],
)
def test_each_kind_of_trouble_with_a_mail_has_words_and_a_colour(
    cells: SessionCells, email: Email, words: str, tone: Tone
) -> None:
    session = make_session(1, SessionStatus.INVITED, email=email)
    assert words in cells.data(session, Column.STATUS, Role.DisplayRole)
    color = tone_color(QGuiApplication.palette(), tone)
    for column in (Column.STATUS, Column.EMAIL):
        assert cells.data(session, column, Role.ForegroundRole).color() == color


def test_nothing_but_an_answer_is_called_the_mail_servers_words(cells: SessionCells) -> None:
    silent = mail(EmailState.QUEUED, "", "no_answer")
    session = make_session(1, SessionStatus.INVITED, email=silent)
    assert cells.data(session, Column.STATUS, Role.ToolTipRole) == (
        "The mail server did not answer in time, or broke off. It is tried again by itself."
    )
    refused = mail(EmailState.QUEUED, "535 5.7.8 Bad credentials", "sign_in_refused")
    session = make_session(1, SessionStatus.INVITED, email=refused)
    said = cells.data(session, Column.STATUS, Role.ToolTipRole)
    assert "Your IT has to mend this." in said
    assert said.endswith("The mail server says: 535 5.7.8 Bad credentials")


def test_the_platform_is_shown_once_it_is_known(cells: SessionCells) -> None:
    unknown = make_session(1)
    found = make_session(1, detected_platform=DevicePlatform.IOS)
    assert cells.data(unknown, Column.PLATFORM, Role.DisplayRole) == ""
    assert cells.data(found, Column.PLATFORM, Role.DisplayRole) == "iOS/iPadOS"


def test_a_screen_reader_hears_the_column_with_the_cell(cells: SessionCells) -> None:
    said = cells.data(make_session(1), Column.STATUS, Role.AccessibleTextRole)
    assert said == "Status: Waiting"


def test_what_others_wrote_is_one_visible_line(cells: SessionCells) -> None:
    hostile = "Ada\u202e\nLove\u200blace"
    person = TechnicianRef(id="x", name=hostile)
    given = Transfer(from_technician=person, comment=hostile)
    session = make_session(1, SessionStatus.TRANSFERRING, technician=person, transfer=given)
    assert cells.data(session, Column.TECHNICIAN, Role.DisplayRole) == "Ada Lovelace"
    assert cells.data(session, Column.NAME, Role.ToolTipRole) == "Ada Lovelace"


def test_the_typed_address_is_shown_until_the_servers_have_sent_to_another(
    cells: SessionCells,
) -> None:
    typed = make_session(1, to="anna@example.org")
    sent = make_session(1, to="anna@example.org", email=mail(EmailState.SENT))
    assert cells.data(typed, Column.EMAIL, Role.DisplayRole) == "anna@example.org"
    assert cells.data(sent, Column.EMAIL, Role.DisplayRole) == "marie@example.org"
    assert sort_key(Column.EMAIL)(typed) != sort_key(Column.EMAIL)(sent)
