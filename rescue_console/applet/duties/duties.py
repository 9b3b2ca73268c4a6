"""Which duties an applet has."""

from collections.abc import Awaitable, Callable

from rescue_console.applet.consent.duty import Duty
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.duties.clipboard import Clipboard
from rescue_console.applet.duties.files import Files
from rescue_console.applet.duties.folders import Folders
from rescue_console.applet.duties.hands import Hands
from rescue_console.applet.duties.restart import Reboot
from rescue_console.applet.duties.system_information import SystemInformation
from rescue_console.applet.facts.opening import open_facts
from rescue_console.applet.link.console_channel import ConsoleChannel


def make_duties(
    channel: ConsoleChannel,
    grants: Grants,
    hands: Hands,
    files: Files,
    reboot: Reboot,
    read_clipboard: Callable[[], Awaitable[str]],
    write_clipboard: Callable[[str], None],
) -> list[Duty]:
    """Return the duties that answer through *channel*."""
    duties: list[Duty] = [
        Clipboard(read_clipboard, write_clipboard, grants, channel.post),
        files,
        Folders(grants, channel.post, files),
        SystemInformation(open_facts(), grants, channel.post),
        reboot,
    ]
    if hands.control is not None:
        duties.append(hands.control)
    return duties
