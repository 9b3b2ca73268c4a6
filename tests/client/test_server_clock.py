from datetime import UTC, datetime

from rescue_console.client.server_clock import ServerClock


def test_a_wrong_clock_on_this_computer_does_not_matter() -> None:
    wall = [1_000.0]
    clock = ServerClock(lambda: wall[0])
    clock.set(datetime.fromtimestamp(500_000, UTC))
    wall[0] += 25
    assert clock.now() == 500_025
