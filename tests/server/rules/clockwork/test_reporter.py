"""Which of several nodes reports the figures of the whole system."""

import asyncio

import pytest

from rescue_console.server.parts import Parts
from rescue_console.server.rules.clockwork.reporter import LEASE, Reporter
from tests.stage.rules.workplace import Workplace

LEASE_S = LEASE.total_seconds()


@pytest.fixture(params=[pytest.param("postgresql", marks=pytest.mark.starts_programs)])
def engine(request: pytest.FixtureRequest) -> str:
    """The engine of several nodes; an SQLite database has one."""
    return str(request.param)


@pytest.fixture
def nodes(parts: Parts, other_node: Parts) -> list[Reporter]:
    return [
        Reporter(node.database, node.clock, name)
        for node, name in ((parts, "first"), (other_node, "second"))
    ]


def on_duty(nodes: list[Reporter]) -> list[bool]:
    return [node.on_duty for node in nodes]


async def test_one_node_reports_and_keeps_on_reporting(
    work: Workplace, nodes: list[Reporter]
) -> None:
    first, second = nodes
    assert on_duty(nodes) == [False, False]
    await first.claim()
    for _ in range(4):
        await second.claim()
        assert on_duty(nodes) == [True, False]
        work.clock.advance(seconds=LEASE_S - 1)
        await first.claim()


async def test_of_many_who_start_at_once_one_reports(nodes: list[Reporter]) -> None:
    await asyncio.gather(*(node.claim() for node in nodes))
    assert sorted(on_duty(nodes)) == [False, True]


async def test_another_node_reports_when_one_has_stopped(
    work: Workplace, nodes: list[Reporter]
) -> None:
    first, second = nodes
    await first.claim()
    work.clock.advance(seconds=LEASE_S)
    assert on_duty(nodes) == [False, False], "a node that hangs does not report beside the next"
    await second.claim()
    await first.claim()
    assert on_duty(nodes) == [False, True]


async def test_a_node_that_is_started_again_goes_on_reporting(
    work: Workplace, nodes: list[Reporter]
) -> None:
    await nodes[0].claim()
    work.clock.advance(seconds=1)
    again = Reporter(work.parts.database, work.clock, "first")
    await again.claim()
    assert again.on_duty


async def test_a_clock_that_was_wrong_for_a_moment_keeps_nobody_from_reporting(
    work: Workplace, nodes: list[Reporter]
) -> None:
    first, second = nodes
    work.clock.advance(days=1)
    await first.claim()
    work.clock.advance(days=-1)
    assert on_duty(nodes) == [False, False]
    await second.claim()
    await first.claim()
    assert on_duty(nodes) == [False, True]
