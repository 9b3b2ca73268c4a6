"""Which duties an applet has."""

from collections.abc import Awaitable, Callable

from rescue_console.applet.clipboard import Clipboard
from rescue_console.applet.console_channel import ConsoleChannel
from rescue_console.applet.duty import Duty
from rescue_console.applet.grants import Grants
from rescue_console.applet.hands import Hands


def make_duties(
    channel: ConsoleChannel,
    grants: Grants,
    hands: Hands,
    read_clipboard: Callable[[], Awaitable[str]],
    write_clipboard: Callable[[str], None],
) -> list[Duty]:
    """Return the duties that answer through *channel*."""
    duties: list[Duty] = [Clipboard(read_clipboard, write_clipboard, grants, channel.post)]
    if hands.control is not None:
        duties.append(hands.control)
    return duties
