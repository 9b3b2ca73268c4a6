"""Says what an installation lacks to run the console, before Qt is imported."""

from collections.abc import Callable
from importlib.util import find_spec

WITHOUT_PACKAGES = """\
The console's packages are not installed here. Type:
  pip install 'rescue-console[desktop]'
"""

WITHOUT_FORMS = """\
The console's forms are not in this installation: it was built without PySide6, for a server.
In a checkout type 'make forms'; otherwise install the wheel of a release.
"""


def _is_here(module: str) -> bool:
    return find_spec(module) is not None


def what_is_missing(is_here: Callable[[str], bool] = _is_here) -> str:
    """Return what to do before the console can start; empty when nothing is missing."""
    if not is_here("PySide6"):
        return WITHOUT_PACKAGES
    # The resources are compiled last: with them, the forms are there too.
    return "" if is_here("rescue_console.desktop.resources_rc") else WITHOUT_FORMS
