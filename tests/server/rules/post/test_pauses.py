"""When a delayed mail is tried again."""

from datetime import timedelta

from rescue_console.server.rules.post.pauses import GIVE_UP_AFTER, next_attempt
from tests.stage.rules.mail_samples import CREATED


def test_the_pauses_grow_to_two_hours_and_end_after_a_day() -> None:
    pauses = []
    attempts, now = 1, CREATED
    while (again := next_attempt(attempts, CREATED, now)) is not None:
        pauses.append(again - now)
        attempts, now = attempts + 1, again
    minutes = [pause / timedelta(minutes=1) for pause in pauses]
    assert minutes[:7] == [0.5, 2, 8, 30, 60, 120, 120]
    assert all(pause == 120 for pause in minutes[5:-1])
    assert now == CREATED + GIVE_UP_AFTER


def test_a_server_that_was_down_for_days_makes_no_further_attempt() -> None:
    late = CREATED + timedelta(days=3)
    assert next_attempt(1, CREATED, late) is None
