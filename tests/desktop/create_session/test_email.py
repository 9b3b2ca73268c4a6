"""The E-mail tab: both ways of sending, what each needs, and what happens when one fails."""

from urllib.parse import unquote

import msgspec
import pytest
from msgspec import UNSET
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QStandardItemModel
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rescue_console.desktop.create_session.dialog import CreateSessionDialog
from rescue_console.desktop.create_session.email import EmailTab
from rescue_console.desktop.link.standing import Standing
from rescue_console.desktop.program.settings import EmailWay, Settings
from rescue_console.network.errors import Refused, Unreachable, Why
from rescue_console.protocol.answers import Me
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import PROBLEM_BASE, Problem, ProblemWord
from tests.stage.technicians.fake_calls import FakeCalls
from tests.stage.technicians.mail_program import MailProgram

pytestmark = pytest.mark.usefixtures("qt_loop")
WAIT_MS = 20_000
ADDRESS = "jean.dupont@example.com"


@pytest.fixture
def dialog(
    qtbot: QtBot, calls: FakeCalls, settings: Settings, standing: Standing
) -> CreateSessionDialog:
    dialog = CreateSessionDialog(calls, standing, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def tab(dialog: CreateSessionDialog) -> EmailTab:
    assert isinstance(dialog.tab, EmailTab)
    return dialog.tab


def without(me: Me, permission: Permission) -> Me:
    return msgspec.structs.replace(
        me, permissions=[each for each in me.permissions if each is not permission]
    )


def press(dialog: CreateSessionDialog, qtbot: QtBot) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._jobs.running == 0, timeout=WAIT_MS)


def enabled_platforms(tab: EmailTab) -> set[DevicePlatform]:
    model = tab.ui.platformBox.model()
    assert isinstance(model, QStandardItemModel)
    return {
        DevicePlatform(tab.ui.platformBox.itemData(row))
        for row in range(model.rowCount())
        if model.item(row).isEnabled()
    }


def test_both_ways_of_sending_have_their_labels(tab: EmailTab) -> None:
    assert tab.ui.ownClientButton.text() == (
        "Send the e-mail with my default mail client on this computer"
    )
    assert tab.ui.serverButton.text() == "Send an e-mail on my behalf through the Rescue servers"
    assert tab.way is EmailWay.OWN_CLIENT


def test_the_own_client_needs_no_address_but_refuses_a_wrong_one(
    dialog: CreateSessionDialog, tab: EmailTab
) -> None:
    assert dialog.ui.mainButton.isEnabled()
    tab.ui.toEdit.setText("jean.dupont")
    assert not dialog.ui.mainButton.isEnabled()
    assert dialog.ui.missingMessage.text() == "The address has no @."


def test_the_servers_need_an_address(dialog: CreateSessionDialog, tab: EmailTab) -> None:
    tab.ui.serverButton.click()
    assert not dialog.ui.mainButton.isEnabled()
    assert dialog.ui.missingMessage.text() == "Type an e-mail address."
    tab.ui.toEdit.setText("jean@localhost, paul@example.com")
    assert not dialog.ui.mainButton.isEnabled()
    tab.ui.toEdit.setText(f"  {ADDRESS} ")
    assert dialog.ui.mainButton.isEnabled()
    assert dialog.ui.missingMessage.isHidden()


def test_sending_through_the_servers_queues_the_mail_and_closes_the_dialog(
    dialog: CreateSessionDialog, tab: EmailTab, calls: FakeCalls, settings: Settings, qtbot: QtBot
) -> None:
    tab.ui.serverButton.click()
    tab.ui.toEdit.setText(f" {ADDRESS} ")
    press(dialog, qtbot)
    assert dialog.isHidden()
    (email,) = calls.emails.values()
    assert email.to == ADDRESS
    assert settings.email_way is EmailWay.SERVER
    dialog.show()
    assert tab.ui.toEdit.text() == ""


def test_a_lost_answer_sends_no_second_mail_and_makes_no_second_session(
    dialog: CreateSessionDialog, tab: EmailTab, calls: FakeCalls, qtbot: QtBot
) -> None:
    tab.ui.serverButton.click()
    tab.ui.toEdit.setText(ADDRESS)
    calls.lost_answers.add("send_email")
    calls.fail("send_email", Unreachable(Why.LOST), Unreachable(Why.TIMED_OUT))
    press(dialog, qtbot)
    press(dialog, qtbot)
    assert dialog.isVisible()
    assert dialog.ui.message.text() == (
        "The session has been created, but the e-mail was not sent. "
        "The server did not answer in time. Check the network and try again."
    )
    assert tab.ui.toEdit.text() == ADDRESS
    press(dialog, qtbot)
    assert dialog.isHidden()
    assert len(calls.create_requests) == len(calls.sessions) == len(calls.emails) == 1


def test_after_a_failure_the_other_way_uses_the_same_session(
    dialog: CreateSessionDialog,
    tab: EmailTab,
    calls: FakeCalls,
    mail_program: MailProgram,
    qtbot: QtBot,
) -> None:
    tab.ui.serverButton.click()
    tab.ui.toEdit.setText(ADDRESS)
    calls.fail("send_email", Unreachable(Why.LOST))
    press(dialog, qtbot)
    tab.ui.ownClientButton.click()
    press(dialog, qtbot)
    assert len(calls.create_requests) == 1
    assert len(mail_program.opened) == 1


def test_an_unsent_session_that_has_ended_is_replaced_by_a_new_one(
    dialog: CreateSessionDialog, tab: EmailTab, calls: FakeCalls, qtbot: QtBot
) -> None:
    tab.ui.serverButton.click()
    tab.ui.toEdit.setText(ADDRESS)
    over = Problem(
        type=f"{PROBLEM_BASE}{ProblemWord.STATUS_CONFLICT}", title="", status=409, detail="Over."
    )
    calls.fail("send_email", Refused(over))
    press(dialog, qtbot)
    press(dialog, qtbot)
    assert dialog.isHidden()
    assert len(calls.sessions) == 2


def test_the_own_client_gets_the_mail_with_the_link(
    dialog: CreateSessionDialog,
    tab: EmailTab,
    calls: FakeCalls,
    mail_program: MailProgram,
    qtbot: QtBot,
) -> None:
    tab.ui.toEdit.setText(ADDRESS)
    press(dialog, qtbot)
    (url,) = mail_program.opened
    (session,) = calls.sessions.values()
    assert url.startswith(f"mailto:{ADDRESS}?subject=Link%20to%20connect%20by%20e-mail&body=")
    assert session.link in unquote(url)
    assert tab.ui.headline.text() == "The mail is open in your mail client"
    assert dialog.isVisible()
    assert dialog.ui.mainButton.text() == "Done"


def test_text_and_link_can_be_copied_in_case_no_client_opened(
    dialog: CreateSessionDialog,
    tab: EmailTab,
    calls: FakeCalls,
    mail_program: MailProgram,
    qtbot: QtBot,
) -> None:
    press(dialog, qtbot)
    (session,) = calls.sessions.values()
    tab.ui.copyLinkButton.click()
    assert QGuiApplication.clipboard().text() == session.link
    tab.ui.copyTextButton.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Link to connect by e-mail\n\n")
    assert session.link in copied
    tab.ui.openAgainButton.click()
    assert len(mail_program.opened) == 2


def test_a_mail_too_long_for_a_client_can_be_copied_and_says_why(
    dialog: CreateSessionDialog,
    tab: EmailTab,
    calls: FakeCalls,
    mail_program: MailProgram,
    qtbot: QtBot,
) -> None:
    calls.mail_text = "é" * 400
    press(dialog, qtbot)
    assert mail_program.opened == []
    assert tab.ui.headline.text() == "The mail is too long for a mail client"
    assert tab.ui.openAgainButton.isHidden()
    tab.ui.copyTextButton.click()
    assert "é" * 400 in QGuiApplication.clipboard().text()


@pytest.mark.qt_log_ignore("does not support QPlatformServices::openUrl")
def test_without_a_mail_client_the_text_and_the_link_are_offered(
    dialog: CreateSessionDialog, tab: EmailTab, calls: FakeCalls, qtbot: QtBot
) -> None:
    press(dialog, qtbot)
    assert dialog.isVisible()
    assert tab.ui.headline.text() == "No mail client could be opened"
    tab.ui.copyLinkButton.click()
    (session,) = calls.sessions.values()
    assert QGuiApplication.clipboard().text() == session.link


@pytest.mark.parametrize(
    ("permission", "name"),
    [
        (Permission.EMAIL_OWN_CLIENT, "E-mail by own mail client"),
        (Permission.EMAIL_SERVER, "E-mail through the Rescue servers"),
    ],
)
def test_a_way_without_permission_is_disabled_and_says_which_is_missing(
    dialog: CreateSessionDialog,
    tab: EmailTab,
    me: Me,
    permission: Permission,
    name: str,
    standing: Standing,
) -> None:
    standing.me = without(me, permission)
    own = permission is Permission.EMAIL_OWN_CLIENT
    button = tab.ui.ownClientButton if own else tab.ui.serverButton
    hint = tab.ui.ownClientMessage if own else tab.ui.serverMessage
    assert not button.isEnabled()
    assert name in button.toolTip()
    assert hint.isVisible()
    assert hint.text() == button.toolTip()
    assert tab.way is (EmailWay.SERVER if own else EmailWay.OWN_CLIENT)


def test_a_server_that_cannot_send_mail_says_so(
    dialog: CreateSessionDialog, tab: EmailTab, me: Me, standing: Standing
) -> None:
    me.server.mail = False
    me.server.mail_reason = "No SMTP server is set."
    standing.me = me
    assert not tab.ui.serverButton.isEnabled()
    assert "cannot send mail" in tab.ui.serverButton.toolTip()


def test_without_either_way_nothing_can_be_sent(
    dialog: CreateSessionDialog, tab: EmailTab, me: Me, standing: Standing
) -> None:
    me = without(without(me, Permission.EMAIL_SERVER), Permission.EMAIL_OWN_CLIENT)
    standing.me = me
    assert not dialog.ui.mainButton.isEnabled()
    assert dialog.ui.missingMessage.text() == "Neither way of sending is available."


def test_the_usual_way_comes_back_with_its_permission(
    dialog: CreateSessionDialog, tab: EmailTab, me: Me, standing: Standing
) -> None:
    reduced = without(without(me, Permission.EMAIL_SERVER), Permission.EMAIL_OWN_CLIENT)
    standing.me = reduced
    standing.me = me
    assert tab.way is EmailWay.OWN_CLIENT


def test_a_typed_address_survives_a_change_of_permissions(
    dialog: CreateSessionDialog, tab: EmailTab, me: Me, standing: Standing
) -> None:
    tab.ui.toEdit.setText(ADDRESS)
    standing.me = without(me, Permission.METHOD_EMAIL)
    standing.me = me
    assert tab.ui.toEdit.text() == ADDRESS


def test_mobile_device_and_platform_are_in_the_request(
    dialog: CreateSessionDialog,
    tab: EmailTab,
    calls: FakeCalls,
    mail_program: MailProgram,
    qtbot: QtBot,
) -> None:
    tab.ui.mobileBox.click()
    tab.ui.platformBox.setCurrentText("Android")
    press(dialog, qtbot)
    (request,) = calls.create_requests
    assert request.mobile
    assert request.platform is DevicePlatform.ANDROID


def test_a_mobile_message_fits_mobile_platforms_only(
    dialog: CreateSessionDialog, tab: EmailTab
) -> None:
    assert enabled_platforms(tab) == set(DevicePlatform)
    tab.ui.platformBox.setCurrentText("Windows")
    tab.ui.mobileBox.click()
    assert enabled_platforms(tab) == {
        DevicePlatform.AUTO,
        DevicePlatform.ANDROID,
        DevicePlatform.IOS,
    }
    assert tab.platform is DevicePlatform.AUTO


def test_without_the_mobile_module_nothing_mobile_can_be_chosen(
    dialog: CreateSessionDialog, tab: EmailTab, me: Me, standing: Standing
) -> None:
    tab.ui.mobileBox.click()
    standing.me = without(me, Permission.MOBILE_MODULE)
    assert not tab.ui.mobileBox.isEnabled()
    assert not tab.ui.mobileBox.isChecked()
    assert "Mobile module" in tab.ui.mobileBox.toolTip()
    assert enabled_platforms(tab).isdisjoint({DevicePlatform.ANDROID, DevicePlatform.IOS})


def test_the_preview_follows_the_name_and_the_language(
    dialog: CreateSessionDialog, tab: EmailTab, calls: FakeCalls, qtbot: QtBot
) -> None:
    dialog.ui.nameEdit.setText("Jean")
    dialog.ui.languageBox.setCurrentText("Français")
    qtbot.waitUntil(lambda: tab.ui.preview.up_to_date, timeout=WAIT_MS)
    assert calls.preview_requests[-1].name == "Jean"
    assert tab.ui.preview.ui.subjectLabel.text() == "Lien de connexion par e-mail"


@pytest.mark.parametrize("way", list(EmailWay))
def test_the_typed_address_goes_with_the_session_whichever_way_the_mail_goes(
    way: EmailWay,
    dialog: CreateSessionDialog,
    tab: EmailTab,
    calls: FakeCalls,
    mail_program: MailProgram,
    qtbot: QtBot,
) -> None:
    tab._buttons()[way].click()
    tab.ui.toEdit.setText(f"  {ADDRESS} ")
    press(dialog, qtbot)
    (session,) = calls.sessions.values()
    assert session.to == ADDRESS


def test_a_server_of_0_1_is_not_sent_what_it_would_refuse(
    dialog: CreateSessionDialog, tab: EmailTab, me: Me, calls: FakeCalls, qtbot: QtBot
) -> None:
    me.server.keeps_address = False
    tab.ui.serverButton.click()
    tab.ui.toEdit.setText(ADDRESS)
    press(dialog, qtbot)
    (request,) = calls.create_requests
    assert request.to is UNSET
    (email,) = calls.emails.values()
    assert email.to == ADDRESS


def test_an_address_corrected_after_a_failure_makes_no_second_session(
    dialog: CreateSessionDialog, tab: EmailTab, calls: FakeCalls, qtbot: QtBot
) -> None:
    tab.ui.serverButton.click()
    tab.ui.toEdit.setText("jaen@example.org")
    calls.fail("send_email", Unreachable(Why.LOST))
    press(dialog, qtbot)
    tab.ui.toEdit.setText(ADDRESS)
    press(dialog, qtbot)
    assert len(calls.create_requests) == 1
    (email,) = calls.emails.values()
    assert email.to == ADDRESS
