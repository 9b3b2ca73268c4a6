import pytest

from rescue_console.desktop.words.time import running_time_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3, "0:00"),
        (0, "0:00"),
        (42.9, "0:42"),
        (725, "12:05"),
        (3_753, "1:02:33"),
        (86_399, "23:59:59"),
        (3 * 86_400 + 4 * 3_600, "3 d 4 h"),
    ],
)
def test_a_length_of_time_reads_like_a_clock(seconds: float, text: str) -> None:
    assert running_time_text(seconds) == text
