"""How a sign-in ends: the person quits or signs out, or the server ends it."""

from PySide6.QtCore import QObject, Signal

from rescue_console.client.account import Account
from rescue_console.desktop.look.ask import ask
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.window.main import MainWindow
from rescue_console.desktop.window.tabs import SessionTabs
from rescue_console.desktop.workspace.chat.conversations import Conversations
from rescue_console.network.errors import SignedOut


class Leaving(QObject):
    """Ends a sign-in, after asking the person if something would be left behind.

    Signals:
        signed_out: The sign-in is over. Carries the ``SignedOut`` that ended it, or ``None`` if the
            person signed out.
        quit_requested: The person wants to quit, and has confirmed it where necessary.
    """

    signed_out = Signal(object)
    quit_requested = Signal()

    def __init__(
        self,
        account: Account,
        window: MainWindow,
        tabs: SessionTabs,
        conversations: Conversations,
    ) -> None:
        super().__init__(window)
        self._account = account
        self._window = window
        self._tabs = tabs
        self._conversations = conversations
        self._ending = False
        self.jobs = Jobs(self)
        window.close_requested.connect(self.quit)
        window.ui.quitAction.triggered.connect(self.quit)
        window.ui.signOutAction.triggered.connect(self._on_sign_out)

    def quit(self) -> None:
        """End the program, unless the person changes their mind."""
        self.jobs.start(self._quit(), "quit")

    def end(self, ended: SignedOut) -> None:
        """Forget the sign-in, because the server has ended it."""
        if not self._ending:
            self._ending = True
            self.jobs.start(self._forget(ended), "forget sign-in")

    async def aclose(self) -> None:
        """Cancel open questions and running calls; no signal is emitted any more."""
        self._ending = True
        await self.jobs.aclose()

    async def _quit(self) -> None:
        if await self._may_leave(self.tr("Quit")):
            self.quit_requested.emit()

    def _on_sign_out(self) -> None:
        self.jobs.start(self._sign_out(), "sign out")

    async def _sign_out(self) -> None:
        if await self._may_leave(self.tr("Sign out")) and not self._ending:
            self._ending = True
            await Jobs.in_thread(self._account.sign_out)
            self.signed_out.emit(None)

    async def _forget(self, ended: SignedOut) -> None:
        await Jobs.in_thread(self._account.forget)
        self.signed_out.emit(ended)

    async def _may_leave(self, what: str) -> bool:
        stakes = [self._helping_text, self._tabs.at_stake, self._unsent_text]
        text = "\n\n".join(filter(None, stakes))
        return not text or await ask(self._window, what, text, what)

    @property
    def _helping_text(self) -> str:
        helping = self._tabs.open_sessions
        text = self.tr(
            "You have active sessions: {0}. They stay active on the server, and nobody helps these "
            "customers until you are back or a colleague takes over."
        )
        return text.format(helping) if helping else ""

    @property
    def _unsent_text(self) -> str:
        unsent = self._conversations.on_the_way
        text = self.tr(
            "Chat messages that have not been sent: {0}. They are kept on this computer and sent "
            "after you have signed in again."
        )
        return text.format(unsent) if unsent else ""
