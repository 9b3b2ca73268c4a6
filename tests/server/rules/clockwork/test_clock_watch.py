"""A machine's clock that jumps: nothing ends by that, and nobody is locked out."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendChat, SendEmail
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.data_folder import CLOCK
from rescue_console.server.options import ServeOptions
from rescue_console.server.parts import Parts
from rescue_console.server.rules.access.known_places import DEVICE_LIFE
from rescue_console.server.rules.access.throttle import Bucket, Throttle
from rescue_console.server.rules.clockwork.clock_watch import SETTLED, ClockWatch
from rescue_console.server.rules.post.rows import MailRows
from rescue_console.server.storage import kept_clock
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.tables import sessions
from tests.stage.rules.clock import START, StandingClock
from tests.stage.rules.company import ADDRESS, PASSWORD, Company, email_of
from tests.stage.rules.machine import Machine
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import PUBLIC_URL, Workplace, body_of

S = SessionStatus
JUMPS = pytest.mark.parametrize(
    "jump",
    [timedelta(days=1), timedelta(days=-1), timedelta(days=40), timedelta(days=-300)],
    ids=str,
)
STEP_S = 5.0


SEVERAL_NODES = pytest.mark.parametrize(
    "engine", [pytest.param("postgresql", marks=pytest.mark.starts_programs)], indirect=True
)
"""An SQLite database has one node only, which asks nobody for the time."""


class Node:
    """A server on a machine: one process on its database."""

    def __init__(self, url: str, machine: Machine, company: Company, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.machine = machine
        self.database = Database(url)
        self.clock = machine.server_clock()
        options = ServeOptions(data=folder, smtp_url="smtp://mail.example?from=help@help.example")
        parts = Parts(options, self.database, self.clock, PUBLIC_URL)
        self.work = Workplace(parts, StandingClock(), company)
        self.parts = parts

    @property
    def watch(self) -> ClockWatch:
        assert self.parts.clock_watch is not None
        return self.parts.clock_watch

    async def begin(self) -> None:
        await self.watch.begin()
        await self.look()

    async def look(self) -> None:
        await self.watch.look()
        await self.parts.timers.end_due()

    async def live(self, span: timedelta, *others: "Node") -> None:
        """Let *span* really pass, here and for *others* on the same machine."""
        left_s = span.total_seconds()
        while left_s > 0:
            self.machine.live(seconds=min(STEP_S, left_s))
            left_s -= STEP_S
            for node in (self, *others):
                await node.look()

    async def left(self, session_id: str) -> timedelta:
        """Return how long a session's status still lasts."""
        session = await self.parts.sessions.read(await self.work.caller("olivia"), session_id)
        assert session.due_at is not None
        return session.due_at - self.clock()


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
async def nodes(
    company_url: tuple[str, Company], machine: Machine, tmp_path: Path
) -> AsyncIterator[list[Node]]:
    """Two nodes on one machine; a test that needs one takes the first."""
    url, company = company_url
    made = [Node(url, machine, company, tmp_path / name) for name in ("first", "second")]
    await made[0].begin()
    yield made
    for node in made:
        await node.database.close()


@pytest.fixture
def node(nodes: list[Node]) -> Node:
    return nodes[0]


async def statuses(node: Node, *ids: str) -> list[SessionStatus]:
    caller = await node.work.caller("olivia")
    return [(await node.parts.sessions.read(caller, each)).status for each in ids]


async def invited_waiting_active(node: Node) -> list[str]:
    work = node.work
    await work.set_group("North", settings={"waiting_minutes": 30, "idle_minutes": 60})
    invited = await work.create("nora")
    waiting, _ = await work.waiting("nora")
    active, _ = await work.active("nora")
    return [invited.id, waiting.id, active.id]


@JUMPS
async def test_a_clock_that_jumps_for_a_moment_ends_nothing(node: Node, jump: timedelta) -> None:
    ids = await invited_waiting_active(node)
    before = [await node.left(each) for each in ids]
    node.machine.shown += jump
    await node.live(timedelta(seconds=20))
    assert await statuses(node, *ids) == [S.INVITED, S.WAITING, S.ACTIVE]
    assert node.clock() == START + timedelta(seconds=20)

    node.machine.shown -= jump
    await node.live(SETTLED * 2)
    assert await statuses(node, *ids) == [S.INVITED, S.WAITING, S.ACTIVE]
    passed = timedelta(seconds=20) + SETTLED * 2
    assert [await node.left(each) for each in ids] == [left - passed for left in before]
    assert node.clock() == node.machine.time()


@JUMPS
async def test_when_the_clock_stays_changed_time_limits_move_with_it(
    node: Node, jump: timedelta
) -> None:
    ids = await invited_waiting_active(node)
    tokens = await node.parts.sign_ins.sign_in(email_of("nora"), PASSWORD, ADDRESS)
    before = [await node.left(each) for each in ids]
    node.machine.shown += jump
    await node.live(SETTLED * 2)
    assert node.clock() == node.machine.time()
    assert [await node.left(each) for each in ids] == [left - SETTLED * 2 for left in before]
    assert (await node.parts.sign_ins.caller(tokens.access_token))[0].email == email_of("nora")

    await node.live(timedelta(minutes=27))
    assert await statuses(node, *ids) == [S.INVITED, S.WAITING, S.ACTIVE]
    await node.live(timedelta(minutes=2))
    assert await statuses(node, *ids) == [S.INVITED, S.TIMED_OUT, S.ACTIVE]


@pytest.mark.parametrize("days", [400, -400])
async def test_a_device_stays_known_as_long_as_ever(node: Node, days: int) -> None:
    sign_ins = node.parts.sign_ins
    device = (await sign_ins.sign_in(email_of("nora"), PASSWORD, ADDRESS)).device
    assert device
    node.machine.jump(days=days)
    await node.live(SETTLED * 2)
    assert await sign_ins._is_known(email_of("nora"), device)
    node.machine.live(days=DEVICE_LIFE.days)
    assert not await sign_ins._is_known(email_of("nora"), device)


async def test_consoles_are_told_the_new_times(node: Node) -> None:
    _, waiting, _ = await invited_waiting_active(node)
    node.machine.jump(days=1)
    before = await node.work.event_number()
    await node.live(SETTLED * 2)
    told = await node.work.events_after(before)
    assert "me.changed" in {event.kind for event in told}
    caller = await node.work.caller("olivia")
    due_at = (await node.parts.sessions.read(caller, waiting)).due_at
    assert due_at is not None
    shown = [body_of(event)["session"] for event in told if event.kind == "session.changed"]
    assert [each["due_at"][:19] for each in shown if each["id"] == waiting] == [
        due_at.isoformat()[:19]
    ]


async def test_what_passes_while_the_machine_sleeps_really_passes(node: Node) -> None:
    ids = await invited_waiting_active(node)
    node.machine.live(minutes=31)
    await node.look()
    assert await statuses(node, *ids) == [S.INVITED, S.TIMED_OUT, S.ACTIVE]


async def test_chat_is_kept_as_long_as_its_group_wants_whatever_the_clock_does(node: Node) -> None:
    session, _ = await node.work.active("nora")
    nora = await node.work.caller("nora")
    await node.parts.chat.say(nora, session.id, SendChat(text="Hello", key="1"))
    await node.parts.sessions.close(nora, session.id)
    node.machine.jump(days=4_000)
    await node.live(SETTLED * 2)
    await node.parts.timers.tidy()
    olivia = await node.work.caller("olivia")
    assert [each.text for each in (await node.parts.chat.read(olivia, session.id, 0)).items] == [
        "Hello"
    ]


@JUMPS
async def test_a_clock_that_jumps_while_the_server_restarts_ends_nothing(
    node: Node, company_url: tuple[str, Company], jump: timedelta, tmp_path: Path
) -> None:
    ids = await invited_waiting_active(node)
    for shift in (jump, -jump):
        node.machine.live(seconds=10)
        node.machine.shown += shift
        restarted = Node(company_url[0], node.machine, company_url[1], tmp_path / "first")
        await restarted.begin()
        assert await statuses(restarted, *ids) == [S.INVITED, S.WAITING, S.ACTIVE]
        await restarted.live(SETTLED * 2)
        assert await statuses(restarted, *ids) == [S.INVITED, S.WAITING, S.ACTIVE]
        assert restarted.clock() == node.machine.time()
        await restarted.database.close()


async def test_what_passes_while_the_server_is_stopped_really_passes(
    node: Node, company_url: tuple[str, Company], tmp_path: Path
) -> None:
    ids = await invited_waiting_active(node)
    node.machine.live(minutes=31)
    restarted = Node(company_url[0], node.machine, company_url[1], tmp_path / "first")
    await restarted.begin()
    assert await statuses(restarted, *ids) == [S.INVITED, S.TIMED_OUT, S.ACTIVE]
    await restarted.database.close()


async def test_after_the_machine_was_started_again_its_clock_is_believed(
    node: Node,
    company_url: tuple[str, Company],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "boot").write_text("another start\n", "ascii")
    monkeypatch.setattr(kept_clock, "BOOT_ID", tmp_path / "boot")
    node.machine.start_again()
    node.machine.jump(minutes=31)
    restarted = Node(company_url[0], node.machine, company_url[1], tmp_path / "first")
    await restarted.begin()
    assert restarted.clock() == node.machine.time()
    await restarted.database.close()


@pytest.mark.parametrize("set_right_after", [timedelta(seconds=10), timedelta(minutes=10)], ids=str)
async def test_a_machine_whose_clock_lost_its_power_lengthens_no_limit(
    node: Node,
    company_url: tuple[str, Company],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    set_right_after: timedelta,
) -> None:
    ids = await invited_waiting_active(node)
    pin = (await node.work.create("nora", ConnectionMethod.PIN)).id
    before = [await node.left(each) for each in (*ids, pin)]
    (tmp_path / "boot").write_text("another start\n", "ascii")
    monkeypatch.setattr(kept_clock, "BOOT_ID", tmp_path / "boot")
    node.machine.start_again()
    node.machine.live(minutes=2)
    years = timedelta(days=2_500)
    node.machine.shown -= years
    restarted = Node(company_url[0], node.machine, company_url[1], tmp_path / "first")
    await restarted.begin()
    await restarted.live(set_right_after)
    node.machine.shown += years
    await restarted.live(SETTLED * 2)
    assert restarted.clock() == node.machine.time()
    left = [await restarted.left(each) for each in (*ids, pin)]
    assert left == [each - set_right_after - SETTLED * 2 for each in before]
    await restarted.database.close()


async def test_a_server_cut_off_as_it_moved_the_time_does_not_move_it_twice(
    node: Node, company_url: tuple[str, Company], tmp_path: Path
) -> None:
    ids = await invited_waiting_active(node)
    kept = (tmp_path / "first" / CLOCK).read_text("ascii")
    before = [await node.left(each) for each in ids]
    node.machine.jump(days=1)
    await node.live(SETTLED * 2)
    (tmp_path / "first" / CLOCK).write_text(kept, "ascii")

    restarted = Node(company_url[0], node.machine, company_url[1], tmp_path / "first")
    await restarted.begin()
    assert restarted.clock() == node.machine.time()
    left = [await restarted.left(each) for each in ids]
    assert left == [each - SETTLED * 2 for each in before]
    await restarted.database.close()


@SEVERAL_NODES
@JUMPS
async def test_nodes_whose_clocks_jump_together_move_the_time_once(
    nodes: list[Node], jump: timedelta
) -> None:
    first, second = nodes
    await second.begin()
    ids = await invited_waiting_active(first)
    before = [await first.left(each) for each in ids]
    first.machine.shown += jump
    await first.live(SETTLED * 2, second)
    for node in nodes:
        assert await statuses(node, *ids) == [S.INVITED, S.WAITING, S.ACTIVE]
        assert node.clock() == node.machine.time()
        left = [await node.left(each) for each in ids]
        assert left == [each - SETTLED * 2 for each in before]


@SEVERAL_NODES
@JUMPS
async def test_a_node_whose_clock_is_right_follows_one_whose_clock_is_not_and_ends_nothing(
    nodes: list[Node], jump: timedelta
) -> None:
    first, right = nodes
    right.machine = Machine()
    right.clock._machine, right.clock.counter = right.machine.time, right.machine.since_boot
    await right.begin()
    ids = await invited_waiting_active(first)
    first.machine.shown += jump
    right.machine.live(minutes=2)
    await first.live(SETTLED * 2)
    # Before it has looked itself, it decides nothing by its own time.
    await right.parts.timers.end_due()
    await right.look()
    assert await statuses(right, *ids) == [S.INVITED, S.WAITING, S.ACTIVE]
    assert right.clock() == first.clock()

    first.machine.shown -= jump
    await first.live(SETTLED * 2)
    right.machine.live(minutes=2)
    await right.look()
    assert await statuses(right, *ids) == [S.INVITED, S.WAITING, S.ACTIVE]
    assert first.clock() == first.machine.time() == right.clock()


@pytest.fixture
async def lagging(nodes: list[Node]) -> list[Node]:
    """Two nodes; the second looks no more once its test has begun."""
    await nodes[1].begin()
    return nodes


async def moved_back(first: Node, days: int) -> None:
    """Let the first of two nodes move the shared time; the other is *days* ahead from then on."""
    first.machine.jump(days=-days)
    await first.live(SETTLED * 2)


@SEVERAL_NODES
async def test_a_node_that_lags_behind_tidies_nothing_away(lagging: list[Node]) -> None:
    first, second = lagging
    session, _ = await first.work.active("nora")
    nora = await first.work.caller("nora")
    await first.parts.chat.say(nora, session.id, SendChat(text="Hello", key="1"))
    await first.parts.sessions.close(nora, session.id)
    await moved_back(first, 40)
    events = await first.work.events_after(0)
    await second.parts.timers.tidy()
    assert await first.work.events_after(0) == events
    olivia = await first.work.caller("olivia")
    assert (await first.parts.chat.read(olivia, session.id, 0)).items


@SEVERAL_NODES
async def test_a_node_that_lags_behind_loses_nobody(lagging: list[Node]) -> None:
    first, second = lagging
    session, _ = await first.work.waiting("nora")
    await moved_back(first, 1)
    await first.parts.customers.is_here(session.id)
    await second.parts.presence.sweep()
    assert await statuses(first, session.id) == [S.WAITING]


@SEVERAL_NODES
async def test_a_node_that_lags_behind_forgets_no_applet(lagging: list[Node]) -> None:
    first, second = lagging
    session, token = await first.work.waiting("nora")
    await first.work.join_with_applet(session, token)
    await first.parts.helping.applet_connected(session.id, connected=True, socket_id="here")
    await first.parts.customers.went_away(session.id)
    await moved_back(first, 1)
    async with first.database.write() as connection:
        await connection.execute(update(sessions).values({sessions.c.seen_at: first.clock()}))
    await second.parts.presence.sweep()
    async with first.database.read() as connection:
        assert (await connection.execute(select(sessions.c.applet_connected))).scalar_one()


@SEVERAL_NODES
async def test_a_node_that_lags_behind_lets_an_invited_customer_in(lagging: list[Node]) -> None:
    first, second = lagging
    session = await first.work.create("nora", ConnectionMethod.PIN)
    link = await first.work.link_of(session)
    await moved_back(first, 1)
    assert await second.parts.customers.join(link.code, link.key, DevicePlatform.LINUX)
    assert await statuses(first, session.id) == [S.WAITING]


@SEVERAL_NODES
async def test_a_node_that_lags_behind_ends_no_deadline_and_goes_on(lagging: list[Node]) -> None:
    first, second = lagging
    ids = await invited_waiting_active(first)
    await moved_back(first, 1)
    await second.parts.timers.end_due()
    assert await statuses(first, *ids) == [S.INVITED, S.WAITING, S.ACTIVE]


@SEVERAL_NODES
@pytest.mark.parametrize("days", [1, 40])
async def test_a_node_that_lags_behind_ends_no_sign_in(lagging: list[Node], days: int) -> None:
    first, second = lagging
    tokens = await first.parts.sign_ins.sign_in(email_of("nora"), PASSWORD, ADDRESS)
    await moved_back(first, days)
    # The answer is lost, so the console asks once more, and comes to the other node.
    await first.parts.sign_ins.refresh(tokens.refresh_token)
    again = await second.parts.sign_ins.refresh(tokens.refresh_token)
    assert (await first.parts.sign_ins.caller(again.access_token))[0].email == email_of("nora")


@SEVERAL_NODES
async def test_a_node_that_lags_behind_takes_no_mail_that_another_has_claimed(
    lagging: list[Node],
) -> None:
    first, second = lagging
    session = await first.work.create("nora", ConnectionMethod.EMAIL)
    nora = await first.work.caller("nora")
    await first.parts.outbox.send(nora, session.id, SendEmail(to="mary@home.example"), "key")
    await moved_back(first, 1)
    here, there = (
        MailRows(node.database, node.parts.stream, node.clock, PUBLIC_URL)
        for node in (first, second)
    )
    assert len(await here.claim(10)) == 1
    assert await there.claim(10) == []


async def test_nobody_is_locked_out_by_attempts_that_a_clock_ahead_has_counted(
    work: Workplace, clock: StandingClock
) -> None:
    throttle, bucket = Throttle(work.parts.database, clock), Bucket("sign-in:somebody", 2)
    clock.advance(days=1)
    for _ in range(2):
        await throttle.count_attempt([bucket])
    with refused(ProblemWord.TOO_MANY_ATTEMPTS):
        await throttle.count_attempt([bucket])

    clock.advance(days=-1)
    await throttle.count_attempt([bucket])
    await throttle.count_attempt([bucket])
    with refused(ProblemWord.TOO_MANY_ATTEMPTS) as refusal:
        await throttle.count_attempt([bucket])
    wait_s = refusal.problem.retry_after_s
    assert wait_s is not None
    assert wait_s <= 16 * 60


async def test_nobody_counts_as_present_because_a_clock_was_ahead(
    node: Node, company_url: tuple[str, Company], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = await node.work.waiting("nora")
    (tmp_path / "boot").write_text("another start\n", "ascii")
    monkeypatch.setattr(kept_clock, "BOOT_ID", tmp_path / "boot")
    node.machine.start_again()
    node.machine.jump(days=-1)
    restarted = Node(company_url[0], node.machine, company_url[1], tmp_path / "first")
    await restarted.begin()
    node.machine.live(minutes=2)
    await restarted.parts.presence.sweep()
    assert await statuses(restarted, session.id) == [S.RECONNECTING]
    await restarted.database.close()
