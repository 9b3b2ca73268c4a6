"""The preview: up to date with what is typed, patient with the server, never in the way."""

import pytest
from pytestqt.qtbot import QtBot

from rescue_console.desktop.create_session.preview import MailPreview
from rescue_console.desktop.look.palettes import Tone
from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.program.settings import EmailWay
from rescue_console.network.errors import Unreachable, Why
from rescue_console.protocol.choices import Language
from rescue_console.protocol.requests import PreviewMail
from tests.stage.technicians.fake_calls import FakeCalls

pytestmark = pytest.mark.usefixtures("qt_loop")
WAIT_MS = 20_000


@pytest.fixture
def preview(qtbot: QtBot, calls: FakeCalls) -> MailPreview:
    preview = MailPreview()
    qtbot.addWidget(preview)
    preview.use(calls, Jobs(preview))
    preview.show()
    return preview


def wait_for(preview: MailPreview, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: preview.up_to_date, timeout=WAIT_MS)


def test_the_mail_is_shown_as_the_servers_send_it(preview: MailPreview, qtbot: QtBot) -> None:
    preview.want(PreviewMail(language=Language("fr")), EmailWay.SERVER)
    wait_for(preview, qtbot)
    assert preview.ui.senderLabel.text() == '"Alice Martin, Example" <help@example.org>'
    assert preview.ui.replyToLabel.text() == "alice@example.org"
    assert preview.ui.subjectLabel.text() == "Lien de connexion par e-mail"
    assert "https://help.example.org/Customer/…" in preview.ui.textEdit.toPlainText()
    assert preview.ui.stateMessage.isHidden()


def test_the_own_mail_client_sets_its_own_sender(preview: MailPreview, qtbot: QtBot) -> None:
    preview.want(PreviewMail(), EmailWay.OWN_CLIENT)
    wait_for(preview, qtbot)
    assert preview.ui.senderLabel.text() == "the account of your mail client"
    assert preview.ui.replyToLabel.isHidden()
    preview.want(PreviewMail(), EmailWay.SERVER)
    assert preview.ui.senderLabel.text() == '"Alice Martin, Example" <help@example.org>'


def test_fast_typing_asks_once(preview: MailPreview, calls: FakeCalls, qtbot: QtBot) -> None:
    for name in ("J", "Je", "Jea", "Jean"):
        preview.want(PreviewMail(name=name), EmailWay.SERVER)
    wait_for(preview, qtbot)
    assert [request.name for request in calls.preview_requests] == ["Jean"]


def test_an_overtaken_answer_is_dropped(
    preview: MailPreview, calls: FakeCalls, qtbot: QtBot
) -> None:
    gate = calls.hold_back("preview_mail")
    preview.want(PreviewMail(language=Language("en")), EmailWay.SERVER)
    qtbot.waitUntil(lambda: len(calls.preview_requests) == 1, timeout=WAIT_MS)
    assert preview.ui.stateMessage.text() == "Loading the preview…"
    preview.want(PreviewMail(language=Language("fr")), EmailWay.SERVER)
    gate.set()
    wait_for(preview, qtbot)
    assert preview.ui.subjectLabel.text() == "Lien de connexion par e-mail"


def test_an_error_is_shown_and_can_be_retried(
    preview: MailPreview, calls: FakeCalls, qtbot: QtBot
) -> None:
    calls.fail("preview_mail", Unreachable(Why.TIMED_OUT))
    preview.want(PreviewMail(), EmailWay.SERVER)
    qtbot.waitUntil(lambda: preview.ui.stateMessage.tone is Tone.ERROR, timeout=WAIT_MS)
    assert preview.ui.stateMessage.text().startswith("The preview could not be loaded.")
    preview.ui.retryButton.click()
    wait_for(preview, qtbot)
    assert preview.ui.retryButton.isHidden()
    assert preview.ui.stateMessage.isHidden()


def test_a_hidden_preview_fetches_nothing_until_it_is_shown(
    preview: MailPreview, calls: FakeCalls, qtbot: QtBot
) -> None:
    preview.hide()
    preview.want(PreviewMail(), EmailWay.SERVER)
    preview._fetch()
    assert calls.preview_requests == []
    preview.show()
    wait_for(preview, qtbot)


def test_changed_texts_are_fetched_again(
    preview: MailPreview, calls: FakeCalls, qtbot: QtBot
) -> None:
    preview.want(PreviewMail(), EmailWay.SERVER)
    wait_for(preview, qtbot)
    calls.mail_text = "New words:"
    preview.refresh()
    wait_for(preview, qtbot)
    assert preview.ui.textEdit.toPlainText().startswith("New words:")
