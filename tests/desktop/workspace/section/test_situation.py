from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.workspace.section.situation import Situation
from rescue_console.protocol.statuses import SessionStatus
from tests.stage.technicians.sessions import ALICE, make_session

ACTIVE = make_session(1, SessionStatus.ACTIVE, technician=ALICE)
OVER = make_session(1, SessionStatus.CLOSED_BY_CUSTOMER, technician=ALICE)


class Part:
    """A part of a workspace that remembers what was reported to it."""

    def __init__(self, situation: Situation) -> None:
        self.told: list[str] = []
        situation.session_changed.connect(lambda: self.told.append(situation.session.status))
        situation.me_changed.connect(lambda: self.told.append(situation.me.name))
        situation.online_changed.connect(lambda: self.told.append(f"online {situation.online}"))


def test_a_part_learns_of_session_technician_and_connection(standing: Standing) -> None:
    situation = Situation(make_session(1), standing)
    part = Part(situation)
    situation.update(ACTIVE)
    standing.me = standing.me
    standing.online = False
    assert part.told == ["active", "Alice Martin", "online False"]


def test_a_branch_follows_its_situation(standing: Standing) -> None:
    situation = Situation(make_session(1), standing)
    branch = situation.branch()
    part = Part(branch)
    situation.update(ACTIVE)
    standing.online = False
    assert part.told == ["active", "online False"]
    assert branch.session is ACTIVE


def test_a_branch_that_has_ended_reports_nothing_and_keeps_its_state(standing: Standing) -> None:
    situation = Situation(ACTIVE, standing)
    branch = situation.branch()
    stem_part, branch_part = Part(situation), Part(branch)
    branch.end()
    situation.update(OVER)
    standing.me = standing.me
    standing.online = False
    assert branch_part.told == []
    assert branch.session is ACTIVE
    assert stem_part.told == ["closed_by_customer", "Alice Martin", "online False"]
