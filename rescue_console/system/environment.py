"""The environment for the system's programs that ours start."""

import os
import sys

LIBRARIES = "LD_LIBRARY_PATH"


def system_environment() -> dict[str, str]:
    """Return the environment without the path of our own libraries.

    Source: PyInstaller's manual, "LD_LIBRARY_PATH / LIBPATH considerations".
    """
    environment = dict(os.environ)
    if getattr(sys, "frozen", False) and environment.pop(LIBRARIES, None) is not None:
        theirs = environment.pop(f"{LIBRARIES}_ORIG", None)
        if theirs is not None:
            environment[LIBRARIES] = theirs
    return environment
