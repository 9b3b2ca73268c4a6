"""What the customer is told about transfers, restarts and refused control."""

from pathlib import Path

import pytest

from rescue_console.applet.session.notices import control_notice, restart_notice, transfer_notice
from rescue_console.applet.window.texts import Texts
from rescue_console.peer.files.transfer import Transfer, TransferState
from rescue_console.protocol.choices import Language
from rescue_console.protocol.hindrances import ControlHindrance
from rescue_console.protocol.restart import RestartProblem

TEXTS = Texts(Language("fr"))


def transfer(
    state: TransferState, *, incoming: bool = False, path: str = "/home/a.txt"
) -> Transfer:
    return Transfer(1, "a.txt", 3, incoming, Path(path), state=state)


@pytest.mark.parametrize(
    ("ended", "text"),
    [
        (transfer(TransferState.DONE), "Envoyé\u00a0: a.txt"),
        (transfer(TransferState.DONE, incoming=True), "Reçu\u00a0: a.txt, dans /home"),
        (transfer(TransferState.FAILED), "Non transféré\u00a0: a.txt"),
        (transfer(TransferState.RUNNING), ""),
    ],
)
def test_the_notice_says_how_a_transfer_ended(ended: Transfer, text: str) -> None:
    assert transfer_notice(ended, TEXTS) == text


def test_a_file_that_never_was_here_gets_no_notice() -> None:
    assert transfer_notice(Transfer(1, "a", 3, True, state=TransferState.FAILED), TEXTS) == ""


def test_a_restart_that_the_customer_refused_counts_as_cancelled() -> None:
    cancelled = restart_notice(RestartProblem.CANCELLED, TEXTS)
    assert restart_notice(RestartProblem.TAKEN_BACK, TEXTS) == cancelled
    assert restart_notice(RestartProblem.REFUSED, TEXTS) != cancelled


def test_refused_control_names_who_asked_and_why_in_the_customers_language() -> None:
    text = control_notice("Nora", ControlHindrance.NO_SCREEN, TEXTS)
    assert text.startswith("Nora ")
    assert text.endswith(TEXTS.hindrance(ControlHindrance.NO_SCREEN))
    assert text != control_notice("Nora", ControlHindrance.NO_SCREEN, Texts(Language("en")))
