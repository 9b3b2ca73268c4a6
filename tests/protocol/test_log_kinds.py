from rescue_console.protocol.log_kinds import LOG_KINDS, Occurrence, log_kind, log_word

WORDS = (
    "created applet_joined applet_connected applet_gone recording_on recording_off "
    "page_joined seat_taken_over "
    "email_queued email_sent email_failed "
    "email_recipient_refused email_content_refused email_address_unusable email_session_over "
    "email_sign_in_refused email_sign_in_not_offered email_encryption_missing "
    "email_certificate_refused email_sender_refused email_server_refused email_unreachable "
    "email_folder_unwritable email_server_mistake email_delayed email_no_answer "
    "restart_cancelled restart_taken_back restart_no_way_back restart_refused "
    "restart_still_running "
    "invited connecting waiting active on_hold transferring reconnecting rebooting offline "
    "timed_out expired closed_by_technician closed_by_customer closed_by_waiting_customer aborted"
)
POWERS = "view control clipboard files file_manager system_information reboot"
CONSENTS = "none asked granted denied"
COLUMN_MAX = 64


def test_no_word_of_the_tables_changes() -> None:
    of_powers = {f"{power}_{consent}" for power in POWERS.split() for consent in CONSENTS.split()}
    assert set(map(log_word, LOG_KINDS)) == set(WORDS.split()) | of_powers


def test_every_word_stands_for_one_kind() -> None:
    assert len(set(map(log_word, LOG_KINDS))) == len(LOG_KINDS)
    assert [log_kind(log_word(kind)) for kind in LOG_KINDS] == list(LOG_KINDS)


def test_an_unknown_word_has_no_kind() -> None:
    assert log_kind("view_sideways") is None
    assert log_kind("") is None


def test_every_word_fits_into_its_column() -> None:
    assert max(map(len, map(log_word, LOG_KINDS))) <= COLUMN_MAX


def test_a_kind_is_read_as_itself() -> None:
    assert log_kind("created") is Occurrence.CREATED
