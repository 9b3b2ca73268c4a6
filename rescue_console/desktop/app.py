"""The composition root: opens the desktop's parts in order and closes them in reverse."""

from __future__ import annotations

import asyncio
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any

import platformdirs
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

import rescue_console
from rescue_console.desktop.entrance.sign_in import SignInWindow
from rescue_console.desktop.look.icons import icon
from rescue_console.desktop.program import log_file, translation
from rescue_console.desktop.program.chosen_proxy import ChosenProxy
from rescue_console.desktop.program.collector import Collector
from rescue_console.desktop.program.command_line import Options
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.log_folder import log_folder
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.program.settings_file import APP_FOLDER
from rescue_console.desktop.program.theme import Theme
from rescue_console.desktop.words.error import error_text
from rescue_console.network.errors import SignedOut

if TYPE_CHECKING:
    from rescue_console.client.account import Account
    from rescue_console.desktop.console import Console
    from rescue_console.desktop.entrance.local_server import LocalServer
    from rescue_console.desktop.entrance.starting import StartingWindow
    from rescue_console.desktop.program.unexpected import UnexpectedErrors

THREADS = 6
"""How many calls to the server may be under way at once."""

_log = logging.getLogger(__name__)


class App(QObject):
    """The running program: either an entrance or a console.

    Attributes:
        entrance: While nobody is signed in, the window to sign in with or, with ``--local``, the
            window that waits for the embedded server.
        console: The console while somebody is signed in.
    """

    def __init__(self, options: Options, settings: Settings) -> None:
        super().__init__()
        self._options = options
        self._settings = settings
        self._unexpected: UnexpectedErrors | None = None
        self._over = asyncio.Event()
        self._local: LocalServer | None = None
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.report)
        self._proxy = ChosenProxy.of(settings)
        self._proxy.jobs.failed.connect(self.report)
        self.entrance: SignInWindow | StartingWindow | None = None
        self.console: Console | None = None

    async def run(self) -> None:
        """Run until the person quits."""
        asyncio.get_running_loop().set_exception_handler(self._on_loop_exception)
        sys.excepthook = self._on_uncaught
        try:
            self._enter()
            await self._over.wait()
        finally:
            await self._close()
            sys.excepthook = sys.__excepthook__

    def quit(self) -> None:
        """End the program."""
        self._over.set()

    # The entrance

    def _enter(self, why: str = "") -> None:
        """Show the sign-in window, or the starting window; *why* explains a return to sign-in."""
        entrance = self._starting_window() if self._options.local else self._sign_in_window(why)
        self.entrance = entrance
        entrance.signed_in.connect(self._on_signed_in)
        entrance.closed.connect(self._on_entrance_closed)
        entrance.failed.connect(self.report)
        entrance.show()

    def _sign_in_window(self, why: str) -> SignInWindow:
        window = SignInWindow(self._settings, self._options.server)
        window.say(why or self._settings.notice)
        if not why:
            # After the window has been painted: the modules that this loads would delay it.
            QTimer.singleShot(0, window, window.resume)
        return window

    def _starting_window(self) -> StartingWindow:
        from rescue_console.desktop.entrance.starting import StartingWindow

        window = StartingWindow(self._open_local_account)
        QTimer.singleShot(0, window, window.start)
        return window

    async def _open_local_account(self) -> Account:
        from rescue_console.client.account import open_with_password
        from rescue_console.desktop.entrance.local_server import OWNER
        from rescue_console.network.server_address import read_address

        if self._local is None:
            self._local = self._make_local_server()
        running = await self._local.start()
        self._settings.local_port = running.port
        server = read_address(running.url)
        return await Jobs.in_thread(open_with_password, server, OWNER, running.password, None)

    def _make_local_server(self) -> LocalServer:
        from rescue_console.desktop.entrance.applets_folder import applets_folder
        from rescue_console.desktop.entrance.local_server import LocalServer

        data = platformdirs.user_data_path(APP_FOLDER, appauthor=False)
        language = translation.resolve(self._settings.language)
        applets = applets_folder(self._options.applets, data)
        local = LocalServer(
            data / "server", self.jobs, self._settings.local_port, language, applets
        )
        local.state_changed.connect(self._on_local_state)
        return local

    def _on_local_state(self) -> None:
        """Say in the console that the embedded server is away, and go on at once when it is not."""
        from rescue_console.desktop.entrance.away_text import away_text

        if self.console is not None and self._local is not None:
            why_away = partial(away_text, self._local.state, self._local.last_words)
            self.console.window.show_server_away(why_away)
            self.console.connection.retry_now()

    def _on_entrance_closed(self) -> None:
        if self.console is None:
            self.quit()

    # The console

    def _on_signed_in(self, account: Account) -> None:
        from rescue_console.desktop.console import Console
        from rescue_console.desktop.sounds import Sounds

        self.console = Console(account, self._settings, Sounds(self._settings, self))
        self.console.failed.connect(self.report)
        self.console.signed_out.connect(self._on_signed_out)
        self.console.quit_requested.connect(self.quit)
        if self._local is not None:
            self.console.window.ui.banner.pressed.connect(self._local.start_again)
        self.console.start()
        if isinstance(self.entrance, SignInWindow) and (unkept := self.entrance.why_unkept()):
            self.console.window.show_notice(unkept)
        self._on_local_state()
        self._leave_entrance()

    def _leave_entrance(self) -> None:
        entrance, self.entrance = self.entrance, None
        self._unexpected = None
        if entrance is not None:
            entrance.close()
            entrance.deleteLater()

    def _on_signed_out(self, ended: SignedOut | None) -> None:
        self.jobs.start(self._go_back(ended), "go back to sign in")

    async def _go_back(self, ended: SignedOut | None) -> None:
        """Close the console and show the sign-in window again or, with ``--local``, quit."""
        console, self.console = self.console, None
        self._unexpected = None
        if self._options.local:
            self.quit()
        else:
            self._enter(error_text(ended) if ended else self.tr("You are signed out."))
        if console is not None:
            await console.aclose()
            console.deleteLater()

    async def _close(self) -> None:
        if self.console is not None:
            await self.console.aclose()
        self._leave_entrance()
        if self._local is not None:
            await self._local.stop()
        await self._proxy.jobs.aclose()
        await self.jobs.aclose()

    # Faults

    def report(self, error: BaseException) -> None:
        """Show the person a fault of this program that has already been logged."""
        self._errors().report(error)

    def _errors(self) -> UnexpectedErrors:
        if self._unexpected is None:
            from rescue_console.desktop.program.unexpected import UnexpectedErrors

            self._unexpected = UnexpectedErrors(self._window())
        return self._unexpected

    def _window(self) -> QWidget:
        """Return the window on screen, above which faults are reported."""
        if self.console is not None:
            return self.console.window
        assert self.entrance is not None, "either a console or an entrance is open"
        return self.entrance

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._errors().on_uncaught(kind, error, trace)

    def _on_loop_exception(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._on_uncaught(type(error), error, error.__traceback__)
        else:
            _log.error("The event loop reports: %s", context.get("message"))


def run(options: Options) -> int:
    """Run the desktop app; return its exit code."""
    # PySide6 must be imported before qasync, which uses the Qt binding that it finds loaded.
    import qasync

    qt = QApplication(sys.argv[:1])
    qt.setApplicationName(APP_FOLDER)
    qt.setApplicationDisplayName("Rescue Console")
    qt.setApplicationVersion(rescue_console.__version__)
    qt.setDesktopFileName(APP_FOLDER)
    qt.setQuitOnLastWindowClosed(False)
    _start_log()
    settings = Settings.open(qt)
    Theme(qt, settings)
    translation.follow(qt, settings)
    qt.setWindowIcon(icon("app"))
    executor = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="call")
    Collector(qt).start()
    loop = qasync.QEventLoop(qt)
    loop.set_default_executor(executor)
    try:
        with loop:
            loop.run_until_complete(App(options, settings).run())
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
    return 0


def _start_log() -> None:
    try:
        log_file.install(log_folder())
    except OSError as error:
        _log.warning("There is no log file: %s", error)
