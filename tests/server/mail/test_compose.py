"""Composing: from a session's facts to the text that people read."""

from rescue_console.protocol.choices import Language
from rescue_console.server.mail.compose import compose
from rescue_console.server.mail.languages import usual_template
from tests.stage.rules.mail_samples import LINK, make_values


def test_the_default_french_mail_has_its_fixed_wording() -> None:
    mail = compose(
        usual_template("subject")[Language("fr")],
        usual_template("text")[Language("fr")],
        make_values(language=Language("fr")),
        sender_address="aide@help.example",
        reply_to="elodie@help.example",
    )
    assert mail.subject == "Lien de connexion par e-mail"
    assert mail.text == (
        "Veuillez cliquer sur le lien ci-dessous pour demander une session d’assistance en "
        f"direct\u00a0:\n\n{LINK}\n\nCordialement,\nL’équipe d’assistance"
    )
    assert mail.sender == "Élodie Noël, Dépannage <aide@help.example>"
    assert mail.reply_to == "elodie@help.example"


def test_a_hostile_technician_name_stays_on_the_senders_line() -> None:
    mail = compose(
        "{technician}",
        "{link}",
        make_values(technician="Eve\r\nBcc: x@example.org"),
        sender_address="",
        reply_to="",
    )
    assert mail.sender == "Eve  Bcc: x@example.org, Dépannage"
    assert mail.subject == "Eve  Bcc: x@example.org"
