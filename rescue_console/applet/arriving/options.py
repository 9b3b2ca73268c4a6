"""What the applet knows when it starts: from its options, its file name and its build."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from rescue_console import __version__
from rescue_console.applet.arriving.file_name import read_file_name
from rescue_console.applet.returning.returning import OPTION, is_name
from rescue_console.network.server_address import AddressRefused, ServerAddress, read_address
from rescue_console.protocol.links import LinkParts, read_parts


@dataclass(frozen=True)
class Options:
    """How to begin.

    Attributes:
        server: The server to connect to; None = ask the person.
        confirm: Whether the person must confirm that *server* is the right one, or name another.
        link: Code and key; None = ask the person for the PIN.
        returning: Name of the restart that the applet comes back from; empty = it starts afresh.
    """

    server: ServerAddress | None
    confirm: bool
    link: LinkParts | None
    returning: str = ""


def read_options(arguments: Sequence[str], program: str, built_for: str) -> Options:
    """Return what *arguments* ask for, completed by what the file's name and the build say.

    Args:
        program: Path of the running file.
        built_for: The server that the applet was built for; empty = any. Neither a file name nor
            an option can override it.

    Raises:
        SystemExit: help was asked for, or something is wrong; argparse has printed what.
    """
    parser = argparse.ArgumentParser(
        prog="rescue-applet", description="Lets a technician help you with this computer."
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--server", metavar="URL", default="", help="address of the server")
    parser.add_argument("--code", default="", help="the code of your invitation")
    parser.add_argument("--key", default="", help="the key of your invitation")
    parser.add_argument(OPTION, dest="returning", default="", help=argparse.SUPPRESS)
    parsed = parser.parse_args(_joined(arguments))
    if parsed.returning:
        if not is_name(parsed.returning):
            parser.error(f"{OPTION} is for the applet itself")
        return Options(None, confirm=True, link=None, returning=parsed.returning)
    named = read_file_name(program)
    link = named.link if named else None
    if parsed.code or parsed.key:
        link = read_parts(parsed.code, parsed.key)
        if link is None:
            parser.error("--code and --key go together, as in the link of the invitation")
    try:
        if parsed.server or built_for:
            server = _server(parsed.server, built_for)
            # Nobody types a PIN for a server that somebody else's shortcut may have named.
            return Options(server, confirm=not built_for and link is None, link=link)
        if named and named.server:
            return Options(read_address(named.server), confirm=True, link=link)
    except (AddressRefused, _NotHere) as error:
        parser.error(str(error))
    return Options(None, confirm=True, link=link)


class _NotHere(Exception):
    """The applet does not go to the server that an option names; the message says why."""


def _server(said: str, built_for: str) -> ServerAddress:
    """Return the server of the build or, if there is none, the one that the option names.

    Raises:
        AddressRefused: it is not a valid address.
        _NotHere: the applet does not go there; options may come from somebody else's shortcut.
    """
    server = read_address(built_for or said)
    if not built_for and server.exposed:
        raise _NotHere(
            "--server: the connection to this address would not be protected; "
            "use an address that begins with https://"
        )
    if said and read_address(said) != server:
        raise _NotHere(
            f"--server: this applet was built for {server.url} and goes to no other server; "
            "leave the option out, or fetch the applet that your technician's server offers"
        )
    return server


def _joined(arguments: Sequence[str]) -> list[str]:
    """Write ``--key VALUE`` as ``--key=VALUE``: a key may begin with a dash, like an option."""
    joined: list[str] = []
    for word in arguments:
        if joined and joined[-1] == "--key":
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined
