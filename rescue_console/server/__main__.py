"""The command ``rescue-server``: serves, or creates the owner's account."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from rescue_console.server.clock import system_clock
from rescue_console.server.data_folder import LOCK, prepare_data_folder
from rescue_console.server.door.open_files import TooFewFiles
from rescue_console.server.listening import CannotListen
from rescue_console.server.logs import set_up_logs
from rescue_console.server.mail.smtp_url import MailUrlRefused
from rescue_console.server.options import OwnerOptions, ServeOptions, read_options
from rescue_console.server.refusals import Refusal
from rescue_console.server.rules.organization.owner import create_owner
from rescue_console.server.serving import serve
from rescue_console.server.storage.database import StorageError
from rescue_console.server.storage.opening import open_database
from rescue_console.system.private_files import NotOurs, TooOpen, keep_to_owner

EXIT_REFUSED = 1
EXIT_IN_USE = 3


class DataInUse(Exception):
    """Another server is using the same data folder."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; a failure is explained on standard error."""
    keep_to_owner()
    options = read_options(sys.argv[1:] if arguments is None else arguments)
    try:
        prepare_data_folder(options.data)
        if isinstance(options, OwnerOptions):
            asyncio.run(_make_owner(options))
            return 0
        set_up_logs(options.log_level)
        with _only_server(options.data), asyncio.Runner(loop_factory=_loop_for(options)) as runner:
            runner.run(serve(options))
    except DataInUse as error:
        return _fail(str(error), EXIT_IN_USE)
    except (
        CannotListen,
        MailUrlRefused,
        NotOurs,
        Refusal,
        StorageError,
        TooFewFiles,
        TooOpen,
    ) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.strerror or error}: {error.filename or options.data}")
    except KeyboardInterrupt:
        return 0
    return 0


def _loop_for(options: ServeOptions) -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes the event loop; ``None`` = the system's usual one.

    On Windows, the usual loop takes a socket for itself, for as long as anybody holds the socket:
    an embedded server that follows one that has died could not listen at the port they share.
    """
    if sys.platform == "win32" and options.local_socket:
        return asyncio.SelectorEventLoop
    return None


def _fail(words: str, code: int = EXIT_REFUSED) -> int:
    print(f"rescue-server: {words}", file=sys.stderr)  # noqa: T201  # a command speaks here
    return code


def _only_server(data: Path) -> FileLock:
    lock = FileLock(data / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise DataInUse(
            f"Another rescue-server already works with the data folder {data}. "
            "Stop it first, or choose another folder with --data."
        ) from None
    return lock


async def _make_owner(options: OwnerOptions) -> None:
    password = sys.stdin.readline().rstrip("\r\n")
    async with open_database(options.data, options.database_url, options.database_wait) as database:
        await create_owner(
            database,
            system_clock,
            email=options.email,
            name=options.name,
            password=password,
            organization_name=options.organization,
            language=options.language,
        )


if __name__ == "__main__":
    sys.exit(main())
