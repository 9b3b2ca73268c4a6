"""The *Create session* dialog: who the customer is, and one tab per connection method.

The window keeps one dialog and shows it again for each session, so that what was typed is still
there after the dialog was closed, until it has been sent.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from rescue_console.desktop.create_session.creation import SessionCreation
from rescue_console.desktop.create_session.email import EmailTab
from rescue_console.desktop.create_session.link import LinkTab
from rescue_console.desktop.create_session.pin import PinTab
from rescue_console.desktop.create_session.tab import (
    CreateSessionTab,
    Delivered,
)
from rescue_console.desktop.create_session.ui_dialog import Ui_CreateSession
from rescue_console.desktop.link.calls import Calls
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.language_change import on_language_change
from rescue_console.desktop.program.settings import Settings
from rescue_console.desktop.words.error import error_text
from rescue_console.desktop.words.only_there import only_there_text
from rescue_console.desktop.words.permission import missing_permission
from rescue_console.desktop.words.refused import refused_text
from rescue_console.network.errors import ClientError
from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import Language
from rescue_console.protocol.languages import first_spoken
from rescue_console.protocol.permissions import METHOD_PERMISSIONS, Permission
from rescue_console.protocol.requests import CreateSession
from rescue_console.protocol.text import TextRefused, clean_name


class CreateSessionDialog(QDialog):
    """Creates sessions, without holding up the window.

    Signals:
        created: A session was created; the list may show it at once.
        failed: A fault of this program occurred; it has already been logged.
    """

    created = Signal(Session)
    failed = Signal(object)

    def __init__(
        self, calls: Calls, standing: Standing, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._standing = standing
        self._permissions = set(standing.me.permissions)
        self._settings = settings
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self.failed)
        self._creation = SessionCreation(calls, self)
        self._creation.created.connect(self.created)
        self._working = False
        self._finished = False
        self.ui = Ui_CreateSession()
        self.ui.setupUi(self)
        on_language_change(self, self._retranslate)
        self._fill_languages()
        self.tabs: list[CreateSessionTab] = [
            PinTab(standing, self),
            EmailTab(calls, standing, self._jobs, settings, self),
            LinkTab(self),
        ]
        self._add_tabs()
        self._connect()
        self._show_allowed_tabs()
        self._go_to_usual_tab()
        self._keep_room_for_progress()

    @property
    def tab(self) -> CreateSessionTab:
        """The tab that is open."""
        return self.tabs[self.ui.methodTabs.currentIndex()]

    @property
    def language(self) -> Language:
        """The customer's language, as chosen."""
        return Language(self.ui.languageBox.currentData())

    def _on_me(self) -> None:
        """Follow the technician's permissions, and say so if they change in the open dialog."""
        before, self._permissions = self._permissions, set(self._standing.me.permissions)
        changed = self._permissions != before
        self._show_allowed_tabs()
        if changed and self.isVisible() and not self._finished:
            self.ui.message.say(
                self.tr("What your technician group may do has just been changed."), Tone.WARNING
            )

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Clear the last message and move the focus to the name."""
        super().showEvent(event)
        if not event.spontaneous():
            self.ui.message.say("")
            self.ui.nameEdit.setFocus()
            self._show_customer()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Cancel what is running; a session that was created nevertheless appears in the list."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._jobs.cancel_all()
            self._set_working(False)
            if self._finished:
                self._start_over()

    def _retranslate(self) -> None:
        self.ui.retranslateUi(self)
        for index, tab in enumerate(self.tabs):
            self.ui.methodTabs.setTabText(index, tab.title())
        self._show_allowed_tabs()
        self._show_customer()

    def _fill_languages(self) -> None:
        spoken = self._standing.me.server.languages
        for language, name in spoken.items():
            self.ui.languageBox.addItem(name, language)
        usual = self._settings.customer_language or self._standing.me.organization.language
        self.ui.languageBox.setCurrentIndex([*spoken].index(first_spoken([usual], spoken)))

    def _add_tabs(self) -> None:
        """Add the tabs, before the buttons below them in the tab order."""
        for tab in self.tabs:
            self.ui.methodTabs.addTab(tab, tab.title())
            tab.changed.connect(self._show_missing)
        last = self.previousInFocusChain()
        while last is not None and last.focusPolicy() is Qt.FocusPolicy.NoFocus:
            last = last.previousInFocusChain()
        if last is not None:
            QWidget.setTabOrder(last, self.ui.mainButton)
        QWidget.setTabOrder(self.ui.mainButton, self.ui.closeButton)

    def _connect(self) -> None:
        # The tabs are connected already, so they follow a change before this dialog.
        self._standing.me_changed.connect(self._on_me)
        self.ui.nameEdit.textChanged.connect(self._on_customer_changed)
        self.ui.languageBox.currentIndexChanged.connect(self._on_customer_changed)
        self.ui.methodTabs.currentChanged.connect(self._on_tab_changed)
        self.ui.mainButton.clicked.connect(self._on_main_button)
        self.ui.closeButton.clicked.connect(self.reject)

    def _keep_room_for_progress(self) -> None:
        policy = self.ui.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.ui.progress.setSizePolicy(policy)
        self.ui.progress.setFixedWidth(self.fontMetrics().averageCharWidth() * 16)
        self.ui.progress.hide()

    def _go_to_usual_tab(self) -> None:
        for index, tab in enumerate(self.tabs):
            usual = tab.method is self._settings.create_session_tab
            if usual and self.ui.methodTabs.isTabVisible(index):
                self.ui.methodTabs.setCurrentIndex(index)

    def _show_allowed_tabs(self) -> None:
        """Show only the methods that the group may use, or why there is none.

        Beside them stands that the links of this server lead nowhere else, if they do not.
        """
        why_none = self._why_nothing_is_allowed()
        if not why_none:
            self._show_tabs_of(self._permissions)
        self.ui.refusalMessage.say(why_none, Tone.WARNING)
        me = self._standing.me
        link = me.settings.public_url or me.server.public_url
        self.ui.onlyThereMessage.say("" if why_none else only_there_text(link), Tone.WARNING)
        self.ui.methodTabs.setVisible(not why_none)
        self.ui.mainButton.setVisible(not why_none)
        self._show_missing()

    def _show_tabs_of(self, permissions: set[Permission]) -> None:
        """Show the tabs of the methods in *permissions*, and a tab that shows its result."""
        for index, tab in enumerate(self.tabs):
            kept = self._finished and tab is self.tab
            allowed = METHOD_PERMISSIONS[tab.method] in permissions
            self.ui.methodTabs.setTabVisible(index, allowed or kept)

    def _why_nothing_is_allowed(self) -> str:
        permissions = self._permissions
        if self._finished:
            return ""
        if Permission.PRIVATE_SESSIONS not in permissions:
            return missing_permission(Permission.PRIVATE_SESSIONS)
        if not permissions.intersection(METHOD_PERMISSIONS.values()):
            return missing_permission(*METHOD_PERMISSIONS.values())
        return ""

    def _on_tab_changed(self) -> None:
        self.ui.message.say("")
        self._show_missing()

    def _on_customer_changed(self) -> None:
        self.ui.message.say("")
        self._show_customer()

    def _show_customer(self) -> None:
        """Tell the tabs who the customer is, and the person what is wrong with the name."""
        try:
            name = clean_name(self.ui.nameEdit.text())
        except TextRefused as refusal:
            self.ui.nameMessage.say(refused_text(refusal), Tone.ERROR)
        else:
            self.ui.nameMessage.say("")
            for tab in self.tabs:
                tab.set_customer(name, self.language)
        self._show_missing()

    def _missing(self) -> str:
        try:
            clean_name(self.ui.nameEdit.text())
        except TextRefused:
            return self.tr("Shorten the name.")
        return self.tab.missing()

    def _show_missing(self) -> None:
        """Update the buttons, and the line that says what is missing."""
        refused = self._why_nothing_is_allowed()
        missing = "" if self._finished or refused else self._missing()
        idle = not self._working
        self.ui.missingMessage.say(missing if idle else "", Tone.QUIET)
        self.ui.mainButton.setText(self.tr("Done") if self._finished else self.tab.action_text())
        self.ui.mainButton.setEnabled(not missing and idle)
        self.ui.mainButton.setToolTip(missing)
        self.ui.closeButton.setVisible(not self._finished)
        self.ui.progress.setVisible(self._working)
        for widget in (self.ui.nameEdit, self.ui.languageBox, self.ui.methodTabs.tabBar()):
            widget.setEnabled(idle and not self._finished)
        self.tab.setEnabled(idle)

    @Slot()
    def _on_main_button(self) -> None:
        if self._finished:
            self.accept()
        elif not self._working and not self._missing():
            self._set_working(True)
            self._jobs.start(self._create_and_deliver(), "create session")

    async def _create_and_deliver(self) -> None:
        """Create the session unless an earlier press did, and deliver its link."""
        request = self.tab.request(clean_name(self.ui.nameEdit.text()), self.language)
        try:
            session = await self._creation.session_for(request)
            delivered = await self.tab.deliver(session)
        except ClientError as error:
            self._show_error(request, error)
        else:
            self._remember_choices()
            self._finish(delivered)
        finally:
            self._set_working(False)

    def _show_error(self, request: CreateSession, error: ClientError) -> None:
        """Say what went wrong; everything typed stays, and another press continues from here."""
        text = error_text(error)
        if self._creation.has_created(request):
            text = (
                self.tr("The session has been created, but the e-mail was not sent.") + " " + text
            )
            self._creation.on_not_sent(error)
        self.ui.message.say(text, Tone.ERROR)

    def _remember_choices(self) -> None:
        self._settings.create_session_tab = self.tab.method
        self._settings.customer_language = self.language

    def _finish(self, delivered: Delivered) -> None:
        self._finished = True
        self._creation.on_sent()
        self.ui.message.say("")
        if delivered is Delivered.NOTHING:
            self.accept()

    def _set_working(self, working: bool) -> None:
        self._working = working
        self._show_missing()

    def _start_over(self) -> None:
        """Clear the dialog for the next customer."""
        self._finished = False
        for tab in self.tabs:
            tab.reset()
        self.ui.nameEdit.clear()
        self._show_allowed_tabs()
