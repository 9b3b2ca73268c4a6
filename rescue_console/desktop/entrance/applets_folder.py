"""Where the embedded server finds the applets that it offers to customers."""

from pathlib import Path

import rescue_console

_ROOT = Path(rescue_console.__file__).parents[1]


def applets_folder(chosen: str, data: Path) -> Path | None:
    """Return the folder with the applets; ``None`` if there is none.

    Args:
        chosen: What the command line says; empty if it says nothing.
        data: This program's folder for data, where anybody may put applets for other systems.
    """
    if chosen:
        return Path(chosen).absolute()
    # The installed app has them beside its libraries, and ``make run`` builds one.
    usual = (data / "applets", _ROOT / "applets", _ROOT / "build" / "applets")
    return next((folder for folder in usual if folder.is_dir()), None)
