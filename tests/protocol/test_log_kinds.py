from rescue_console.protocol.log_kinds import LOG_KINDS, Occurrence, log_kind, log_word

WORDS = (
    "created applet_joined applet_connected applet_gone recording_on recording_off "
    "page_joined "
    "email_queued email_sent email_failed "
    "restart_cancelled restart_taken_back restart_no_way_back restart_refused "
    "restart_still_running "
    "invited connecting waiting active on_hold transferring reconnecting rebooting offline "
    "timed_out expired closed_by_technician closed_by_customer closed_by_waiting_customer aborted"
)
POWERS = "view control clipboard files file_manager system_information reboot"
CONSENTS = "none asked granted denied"
COLUMN_MAX = 64


def test_every_word_is_the_one_that_stands_in_the_tables() -> None:
    of_powers = {f"{power}_{consent}" for power in POWERS.split() for consent in CONSENTS.split()}
    assert set(map(log_word, LOG_KINDS)) == set(WORDS.split()) | of_powers


def test_every_word_stands_for_one_kind() -> None:
    assert len(set(map(log_word, LOG_KINDS))) == len(LOG_KINDS)
    assert [log_kind(log_word(kind)) for kind in LOG_KINDS] == list(LOG_KINDS)


def test_a_word_of_another_version_is_of_no_kind() -> None:
    assert log_kind("view_sideways") is None
    assert log_kind("") is None


def test_every_word_fits_into_its_column() -> None:
    assert max(map(len, map(log_word, LOG_KINDS))) <= COLUMN_MAX


def test_a_kind_is_read_as_itself() -> None:
    assert log_kind("created") is Occurrence.CREATED
