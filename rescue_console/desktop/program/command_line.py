"""The command line of ``rescue-console``."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import rescue_console


@dataclass(frozen=True)
class Options:
    """What the command line asks for.

    Attributes:
        server: Address to offer in the sign-in window; empty for the last one used.
        local: Whether to run the embedded server on this computer and sign in to it.
        applets: With ``local``, the folder with the applets for customers; empty for the usual one.
    """

    server: str = ""
    local: bool = False
    applets: str = ""


def read_options(arguments: Sequence[str]) -> Options:
    """Return the options in *arguments*, which do not include the program's name.

    Raises:
        SystemExit: after the help, the version or an error message has been printed.
    """
    parser = argparse.ArgumentParser(
        prog="rescue-console", description="The technician console of Rescue Console."
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--server", default="", metavar="URL", help="address of the Rescue server")
    where.add_argument(
        "--local", action="store_true", help="run a server on this computer and sign in to it"
    )
    parser.add_argument(
        "--applets",
        default="",
        metavar="DIR",
        type=_folder,
        help="with --local: folder with the applets that customers may download",
    )
    parser.add_argument("--version", action="version", version=rescue_console.__version__)
    found = parser.parse_args(arguments)
    if found.applets and not found.local:
        parser.error("--applets goes with --local; another server has its own option --applets")
    return Options(server=found.server, local=found.local, applets=found.applets)


def _folder(typed: str) -> str:
    if typed and not Path(typed).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {typed}")
    return typed
