"""How much one answer with events holds."""

from rescue_console.server.events.log import LoggedEvent
from rescue_console.server.routes.held import ANSWER_MAX, as_many_as_fit


def events(*sizes: int) -> list[LoggedEvent]:
    return [
        LoggedEvent(
            number=number,
            kind="signal.sent",
            group_id=None,
            technician_ids=frozenset(),
            session_id=None,
            message=b"x" * size,
        )
        for number, size in enumerate(sizes, start=1)
    ]


def test_an_answer_holds_as_many_events_as_fit() -> None:
    half = ANSWER_MAX // 2
    assert len(as_many_as_fit(events(half, half, 1))) == 2
    assert len(as_many_as_fit(events(half, half + 1, 1))) == 1
    assert len(as_many_as_fit(events(*[1] * 500))) == 500
    assert as_many_as_fit([]) == []


def test_an_answer_holds_at_least_one_event() -> None:
    assert len(as_many_as_fit(events(3 * ANSWER_MAX, 1))) == 1
