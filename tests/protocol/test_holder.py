from rescue_console.protocol.answers import TechnicianRef
from rescue_console.protocol.holder import holder, is_helping
from tests.stage.technicians.sessions import make_session

NORA = TechnicianRef(id="n", name="Nora")
ADA = TechnicianRef(id="a", name="Ada")


def test_a_session_belongs_to_its_creator_until_somebody_starts_it() -> None:
    session = make_session(1, created_by=ADA, technician=None)
    assert holder(session) == ADA
    assert not is_helping(session, ADA.id)


def test_a_session_belongs_to_the_technician_who_started_it() -> None:
    session = make_session(1, created_by=ADA, technician=NORA)
    assert holder(session) == NORA
    assert is_helping(session, NORA.id)
    assert not is_helping(session, ADA.id)
