"""A connection is negotiated with the page, and again after each loss, whatever it carries."""

from collections.abc import Callable, Iterator, Sequence

import pytest
import qasync
from pytestqt.qtbot import QtBot

from rescue_console.desktop.media.base import (
    Answerer,
    BadDescription,
    Failure,
    Hindrance,
    Step,
)
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.workspace.section.negotiation import (
    LONGEST_PAUSE_S,
    OFFER_WITHIN_MS,
    UNANSWERED_MAX,
    Negotiation,
    SignalKinds,
)
from rescue_console.network.errors import Unreachable, Why
from rescue_console.protocol.answers import IceServer
from rescue_console.protocol.signals import Signal, SignalKind
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.sessions import ALICE, make_session

WAIT_MS = 20_000
KINDS = SignalKinds(
    offer=SignalKind.OFFER,
    answer=SignalKind.ANSWER,
    candidate=SignalKind.CANDIDATE,
    ready=SignalKind.VIEW_READY,
)
ACTIVE = make_session(1, SessionStatus.ACTIVE, technician=ALICE)
RECONNECTING = make_session(1, SessionStatus.RECONNECTING, technician=ALICE)
NO_ANSWER = Failure(Step.SIGNALLING)
NO_WAY = Failure(Step.FINDING, Hindrance.NO_RELAY)


class Diary(Answerer):
    """Connects to nobody, and writes down what it is asked to do."""

    def __init__(self) -> None:
        self.entries: list[str] = []
        self.error: Exception | None = None

    async def connect(self, connection: int, offer: str, servers: Sequence[IceServer]) -> str:
        self.entries.append(f"connect {connection} {offer}")
        if self.error is not None:
            raise self.error
        return f"answer to {offer}"

    async def add_candidate(self, candidate: str) -> None:
        self.entries.append(f"candidate {candidate}")
        if self.error is not None:
            raise self.error

    async def disconnect(self) -> None:
        self.entries.append("disconnect")

    async def aclose(self) -> None:
        self.entries.append("close")


class Told:
    """Counts the signals of a negotiation."""

    def __init__(self, negotiation: Negotiation[Diary]) -> None:
        self.names: list[str] = []
        negotiation.begun.connect(lambda: self.names.append("begun"))
        negotiation.answered.connect(lambda: self.names.append("answered"))
        negotiation.failed.connect(lambda: self.names.append("failed"))


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def jobs(qt_loop: qasync.QEventLoop) -> Jobs:
    return Jobs()


@pytest.fixture
def negotiation(
    calls: FakeCalls, diary: Diary, jobs: Jobs, qt_loop: qasync.QEventLoop, qtbot: QtBot
) -> Iterator[Negotiation[Diary]]:
    async def make() -> Diary:
        return diary

    made = Negotiation(calls, KINDS, make, jobs)
    yield made
    closing = qt_loop.create_task(made.aclose())
    qtbot.waitUntil(closing.done, timeout=WAIT_MS)


@pytest.fixture
def told(negotiation: Negotiation[Diary]) -> Told:
    return Told(negotiation)


@pytest.fixture
def settle(jobs: Jobs, qtbot: QtBot) -> Callable[[], None]:
    """Wait until everything that was begun has ended."""
    return lambda: qtbot.waitUntil(lambda: not jobs.running, timeout=WAIT_MS)


def agree(negotiation: Negotiation[Diary]) -> None:
    """Have the customer agree while the session is open here; their page then offers unasked."""
    negotiation.set_session(ACTIVE, wanted=False)
    negotiation.set_session(ACTIVE, wanted=True)


def offer(negotiation: Negotiation[Diary], body: str = "offer") -> None:
    negotiation.on_signal(Signal(kind=SignalKind.OFFER, body=body))


def asks_within_ms(negotiation: Negotiation[Diary]) -> int | None:
    """Return the pause after which the page is asked; ``None`` if it will not be."""
    timer = negotiation._again
    return timer.interval() if timer.isActive() else None


def let_pause_end(negotiation: Negotiation[Diary]) -> None:
    negotiation._again.timeout.emit()


def sent(calls: FakeCalls) -> list[tuple[SignalKind, str]]:
    return [(signal.kind, signal.body) for signal in calls.signals]


def test_a_page_that_has_just_agreed_is_given_time_to_offer(
    negotiation: Negotiation[Diary],
) -> None:
    agree(negotiation)
    assert asks_within_ms(negotiation) == OFFER_WITHIN_MS


def test_a_console_that_has_just_opened_the_session_asks_at_once(
    negotiation: Negotiation[Diary],
) -> None:
    negotiation.set_session(ACTIVE, wanted=True)
    assert asks_within_ms(negotiation) == 0


def test_an_offer_is_answered(
    negotiation: Negotiation[Diary],
    diary: Diary,
    calls: FakeCalls,
    told: Told,
    settle: Callable[[], None],
) -> None:
    agree(negotiation)
    offer(negotiation)
    settle()
    assert diary.entries == ["connect 1 offer"]
    assert sent(calls) == [(SignalKind.ANSWER, "answer to offer")]
    assert told.names == ["begun", "answered"]
    assert asks_within_ms(negotiation) is None


def test_without_consent_nothing_is_answered(
    negotiation: Negotiation[Diary], calls: FakeCalls, settle: Callable[[], None]
) -> None:
    negotiation.set_session(ACTIVE, wanted=False)
    offer(negotiation)
    negotiation.on_signal(Signal(kind=SignalKind.CANDIDATE, body="here"))
    negotiation.try_again()
    settle()
    assert negotiation.answerer is None
    assert not calls.signals


def test_a_candidate_waits_for_the_offer_that_came_before_it(
    negotiation: Negotiation[Diary], diary: Diary, settle: Callable[[], None]
) -> None:
    agree(negotiation)
    offer(negotiation)
    negotiation.on_signal(Signal(kind=SignalKind.CANDIDATE, body="here"))
    settle()
    assert diary.entries == ["connect 1 offer", "candidate here"]


def test_of_two_offers_only_the_newer_one_is_answered(
    negotiation: Negotiation[Diary], calls: FakeCalls, settle: Callable[[], None]
) -> None:
    agree(negotiation)
    offer(negotiation, "old")
    offer(negotiation, "new")
    settle()
    assert sent(calls) == [(SignalKind.ANSWER, "answer to new")]


def test_an_attempt_is_made_even_without_the_list_of_servers(
    negotiation: Negotiation[Diary], calls: FakeCalls, told: Told, settle: Callable[[], None]
) -> None:
    calls.fail("ice_servers", Unreachable(Why.TIMED_OUT))
    agree(negotiation)
    offer(negotiation)
    settle()
    assert told.names == ["begun", "answered"]


def test_after_each_loss_the_pause_grows_until_one_attempt_succeeds(
    negotiation: Negotiation[Diary], told: Told
) -> None:
    agree(negotiation)
    pauses = []
    for _ in range(8):
        negotiation.lose(negotiation.number, NO_WAY)
        pauses.append(asks_within_ms(negotiation) or 0)
    assert told.names == ["failed"] * 8
    assert negotiation.failure == NO_WAY
    assert 500 <= pauses[0] <= 1_000
    assert LONGEST_PAUSE_S * 500 <= pauses[-1] <= LONGEST_PAUSE_S * 1_000
    assert negotiation.succeed(negotiation.number)
    assert negotiation.failure is None
    negotiation.lose(negotiation.number, NO_WAY)
    assert (asks_within_ms(negotiation) or 0) <= 1_000


def test_reports_of_an_earlier_attempt_are_ignored(
    negotiation: Negotiation[Diary], told: Told, settle: Callable[[], None]
) -> None:
    agree(negotiation)
    offer(negotiation)
    earlier = negotiation.number
    offer(negotiation)
    settle()
    negotiation.lose(earlier, NO_WAY)
    assert not negotiation.succeed(earlier)
    assert negotiation.failure is None
    assert "failed" not in told.names


def test_an_offer_that_makes_no_sense_is_followed_by_another_attempt(
    negotiation: Negotiation[Diary],
    diary: Diary,
    calls: FakeCalls,
    told: Told,
    settle: Callable[[], None],
) -> None:
    diary.error = BadDescription("nonsense")
    agree(negotiation)
    offer(negotiation)
    settle()
    assert told.names == ["begun", "failed"]
    assert negotiation.failure == NO_ANSWER
    assert asks_within_ms(negotiation) is not None
    assert not calls.signals


def test_a_candidate_that_makes_no_sense_spoils_nothing(
    negotiation: Negotiation[Diary], diary: Diary, told: Told, settle: Callable[[], None]
) -> None:
    agree(negotiation)
    offer(negotiation)
    settle()
    diary.error = BadDescription("nonsense")
    negotiation.on_signal(Signal(kind=SignalKind.CANDIDATE, body="here"))
    settle()
    assert told.names == ["begun", "answered"]


def test_a_fault_of_the_program_is_reported_and_followed_by_another_attempt(
    negotiation: Negotiation[Diary],
    diary: Diary,
    jobs: Jobs,
    qtbot: QtBot,
    expected_errors: list[str],
) -> None:
    expected_errors.append("The job answer an offer failed")
    diary.error = ZeroDivisionError()
    agree(negotiation)
    with qtbot.waitSignal(jobs.failed, timeout=WAIT_MS):
        offer(negotiation)
    assert negotiation.failure == NO_ANSWER
    assert asks_within_ms(negotiation) is not None


def test_an_answer_that_the_server_refuses_is_a_failure(
    negotiation: Negotiation[Diary], calls: FakeCalls, told: Told, settle: Callable[[], None]
) -> None:
    calls.fail("send_signal", Unreachable(Why.TIMED_OUT))
    agree(negotiation)
    offer(negotiation)
    settle()
    assert told.names == ["begun", "failed"]
    assert asks_within_ms(negotiation) is not None


def test_a_page_that_does_not_answer_is_reported_after_a_while(
    negotiation: Negotiation[Diary], calls: FakeCalls, told: Told, settle: Callable[[], None]
) -> None:
    agree(negotiation)
    for _ in range(UNANSWERED_MAX):
        let_pause_end(negotiation)
    assert negotiation.failure is None
    let_pause_end(negotiation)
    assert negotiation.failure == NO_ANSWER
    assert told.names == ["failed"]
    settle()
    assert sent(calls) == [(SignalKind.VIEW_READY, "")] * (UNANSWERED_MAX + 1)


def test_an_offer_restarts_the_count_of_unanswered_requests(
    negotiation: Negotiation[Diary], settle: Callable[[], None]
) -> None:
    agree(negotiation)
    for _ in range(UNANSWERED_MAX):
        let_pause_end(negotiation)
    offer(negotiation)
    settle()
    let_pause_end(negotiation)
    assert negotiation.failure is None


def test_a_page_whose_customer_is_reconnecting_does_not_answer_and_is_not_asked(
    negotiation: Negotiation[Diary], calls: FakeCalls, settle: Callable[[], None]
) -> None:
    agree(negotiation)
    negotiation.set_session(RECONNECTING, wanted=True)
    for _ in range(UNANSWERED_MAX + 1):
        let_pause_end(negotiation)
    settle()
    assert not calls.signals
    assert negotiation.failure == NO_ANSWER
    assert asks_within_ms(negotiation) is not None


def test_without_the_server_the_page_is_not_blamed_and_is_asked_when_it_is_back(
    negotiation: Negotiation[Diary], calls: FakeCalls, settle: Callable[[], None]
) -> None:
    agree(negotiation)
    negotiation.set_online(False)
    for _ in range(UNANSWERED_MAX + 1):
        let_pause_end(negotiation)
    settle()
    assert negotiation.failure is None
    assert not calls.signals
    negotiation.set_online(True)
    assert asks_within_ms(negotiation) == 0


def test_an_established_connection_is_left_alone_when_the_server_is_back(
    negotiation: Negotiation[Diary], settle: Callable[[], None]
) -> None:
    agree(negotiation)
    offer(negotiation)
    settle()
    negotiation.set_online(False)
    negotiation.set_online(True)
    assert asks_within_ms(negotiation) is None


def test_the_technician_need_not_wait_for_the_pause_to_end(
    negotiation: Negotiation[Diary], calls: FakeCalls, settle: Callable[[], None]
) -> None:
    agree(negotiation)
    for _ in range(8):
        negotiation.lose(negotiation.number, NO_WAY)
    negotiation.try_again()
    settle()
    assert sent(calls) == [(SignalKind.VIEW_READY, "")]
    assert (asks_within_ms(negotiation) or 0) <= OFFER_WITHIN_MS + 1_000


def test_when_consent_is_withdrawn_everything_ends_and_is_forgotten(
    negotiation: Negotiation[Diary], diary: Diary, settle: Callable[[], None]
) -> None:
    agree(negotiation)
    offer(negotiation)
    settle()
    negotiation.lose(negotiation.number, NO_WAY)
    negotiation.set_session(ACTIVE, wanted=False)
    settle()
    assert diary.entries[-1] == "disconnect"
    assert negotiation.failure is None
    assert asks_within_ms(negotiation) is None


def test_a_connection_is_not_ended_once_the_next_offer_has_arrived(
    negotiation: Negotiation[Diary], diary: Diary, settle: Callable[[], None]
) -> None:
    agree(negotiation)
    offer(negotiation, "old")
    settle()
    negotiation.disconnect_answerer()
    offer(negotiation, "new")
    settle()
    assert diary.entries == ["connect 1 old", "connect 3 new"]


@pytest.mark.parametrize(("another", "within_ms"), [(True, OFFER_WITHIN_MS), (False, None)])
def test_an_end_by_the_page_is_not_a_failure(
    negotiation: Negotiation[Diary], another: bool, within_ms: int | None
) -> None:
    agree(negotiation)
    negotiation.lose(negotiation.number, NO_WAY)
    ended = negotiation.number
    negotiation.end_attempt(another=another)
    assert negotiation.failure is None
    assert asks_within_ms(negotiation) == within_ms
    negotiation.lose(ended, NO_WAY)
    assert negotiation.failure is None


def test_closing_ends_the_connection_and_all_requests(
    negotiation: Negotiation[Diary],
    diary: Diary,
    jobs: Jobs,
    qt_loop: qasync.QEventLoop,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    agree(negotiation)
    offer(negotiation)
    settle()
    closing = qt_loop.create_task(negotiation.aclose())
    qtbot.waitUntil(closing.done, timeout=WAIT_MS)
    assert diary.entries[-1] == "close"
    offer(negotiation)
    negotiation.try_again()
    assert not jobs.running
    assert asks_within_ms(negotiation) is None
