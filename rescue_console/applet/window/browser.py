"""Opens the customer's page in their own browser."""

import contextlib
import os
import webbrowser
from collections.abc import Iterator

from rescue_console.system.environment import LIBRARIES, system_environment


def open_page(url: str) -> bool:
    """Open *url*; tell whether a browser could be started."""
    with _environment_of_the_system():
        return webbrowser.open(url)


@contextlib.contextmanager
def _environment_of_the_system() -> Iterator[None]:
    """Keep the path of the applet's own libraries from the browser, which inherits it."""
    ours, theirs = os.environ.get(LIBRARIES), system_environment().get(LIBRARIES)
    if ours is None or ours == theirs:
        yield
        return
    if theirs is None:
        del os.environ[LIBRARIES]
    else:
        os.environ[LIBRARIES] = theirs
    try:
        yield
    finally:
        os.environ[LIBRARIES] = ours
