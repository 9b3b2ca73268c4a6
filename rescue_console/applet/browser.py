"""Opens the customer's page in their own browser."""

import contextlib
import os
import sys
import webbrowser
from collections.abc import Iterator


def open_page(url: str) -> bool:
    """Open *url*; tell whether a browser could be started."""
    with _environment_of_the_system():
        return webbrowser.open(url)


@contextlib.contextmanager
def _environment_of_the_system() -> Iterator[None]:
    """Keep the applet's own libraries away from the programs that it starts.

    Source: PyInstaller's manual, "LD_LIBRARY_PATH / LIBPATH considerations".
    """
    ours = os.environ.get("LD_LIBRARY_PATH")
    if not getattr(sys, "frozen", False) or ours is None:
        yield
        return
    theirs = os.environ.get("LD_LIBRARY_PATH_ORIG")
    if theirs is None:
        del os.environ["LD_LIBRARY_PATH"]
    else:
        os.environ["LD_LIBRARY_PATH"] = theirs
    try:
        yield
    finally:
        os.environ["LD_LIBRARY_PATH"] = ours
