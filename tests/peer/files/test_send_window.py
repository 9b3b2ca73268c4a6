"""The send window follows the receiver's speed, within bounds."""

from rescue_console.peer.files.send_window import (
    WINDOW_FIRST_BYTES,
    WINDOW_MAX_BYTES,
    WINDOW_MIN_BYTES,
    SendWindow,
)


def test_it_holds_half_a_second_of_what_the_receiver_writes() -> None:
    window = SendWindow()
    window.received(0, 10.0)
    assert window.bytes == WINDOW_FIRST_BYTES
    window.received(2_000_000, 11.0)
    assert window.bytes == 1_000_000


def test_a_slow_receiver_gets_the_smallest_window_and_a_fast_one_the_largest() -> None:
    window = SendWindow()
    window.received(0, 0.0)
    window.received(1_000, 10.0)
    assert window.bytes == WINDOW_MIN_BYTES
    window.received(1_000_000_000, 11.0)
    assert window.bytes == WINDOW_MAX_BYTES


def test_reports_too_close_to_each_other_change_nothing() -> None:
    window = SendWindow()
    window.received(0, 0.0)
    window.received(1_000_000_000, 0.001)
    assert window.bytes == WINDOW_FIRST_BYTES
