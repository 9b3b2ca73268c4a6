"""What is said while the embedded server is away."""

import pytest

from rescue_console.desktop.entrance.away_text import away_text
from rescue_console.desktop.entrance.local_server import ServerState


def test_nothing_is_said_while_it_runs() -> None:
    assert away_text(ServerState.RUNNING, "old words") == ""


def test_while_it_is_started_again_nobody_has_to_do_anything() -> None:
    text = away_text(ServerState.AWAY, "")
    assert "is being started again" in text
    assert "sessions are kept" in text


def test_once_it_is_given_up_it_says_what_to_do_and_what_the_server_said() -> None:
    text = away_text(ServerState.GIVEN_UP, "The disk\n is full.")
    assert "Try now" in text
    assert text.endswith("The disk is full.")


@pytest.mark.usefixtures("qapp", "french")
def test_it_is_said_in_french() -> None:
    assert "en train de redémarrer" in away_text(ServerState.AWAY, "")
    assert "Essayez maintenant" in away_text(ServerState.GIVEN_UP, "")
