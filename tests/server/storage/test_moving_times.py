"""Every time in the database moves with the server's clock, or only says when something was."""

from datetime import UTC, datetime

from rescue_console.server.storage.columns import Moment
from rescue_console.server.storage.moving_times import decided_by
from rescue_console.server.storage.tables import metadata

ONLY_SAY_WHEN = {
    "organization.created_at",
    "technicians.away_since",
    "technicians.created_at",
    "sign_ins.ended_at",
    "passes.spent_at",
    "session_log.at",
    "emails.changed_at",
    "chat_messages.at",
}


def test_no_time_is_forgotten() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    moving = {str(column) for times in decided_by(now) for column in times.columns}
    every = {
        str(column)
        for table in metadata.tables.values()
        for column in table.c
        if isinstance(column.type, Moment)
    }
    assert moving | ONLY_SAY_WHEN == every
    assert not moving & ONLY_SAY_WHEN
