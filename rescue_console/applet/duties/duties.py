"""Makes all the duties of an applet."""

from collections.abc import Awaitable, Callable

from rescue_console.applet.consent.duty import Duty, Post
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.duties.clipboard import Clipboard
from rescue_console.applet.duties.files import Files
from rescue_console.applet.duties.folders import Folders
from rescue_console.applet.duties.hands import Hands
from rescue_console.applet.duties.restart import Restart
from rescue_console.applet.duties.system_information import SystemInformation
from rescue_console.applet.facts.opening import open_facts


def make_duties(
    post: Post,
    grants: Grants,
    hands: Hands,
    files: Files,
    restart: Restart,
    read_clipboard: Callable[[], Awaitable[str]],
    write_clipboard: Callable[[str], None],
) -> list[Duty]:
    """Return the duties that answer through *post*."""
    duties: list[Duty] = [
        Clipboard(read_clipboard, write_clipboard, grants, post),
        files,
        Folders(grants, post, files),
        SystemInformation(open_facts(), grants, post),
        restart,
    ]
    if hands.control is not None:
        duties.append(hands.control)
    return duties
