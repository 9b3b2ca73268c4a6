"""Composes a session's mail: turns templates, values and sender into what people read."""

from rescue_console.protocol.answers import MailText
from rescue_console.server.mail.template import one_line, read_subject, read_text
from rescue_console.server.mail.values import MailValues


def compose(
    subject_template: str,
    text_template: str,
    values: MailValues,
    *,
    sender_address: str,
    reply_to: str,
) -> MailText:
    """Return the mail of one session.

    Args:
        subject_template: One line; see ``template``.
        text_template: Contains ``{link}``; see ``template``.
        values: What the placeholders stand for.
        sender_address: The bare address that the mail comes from; may be empty in a preview.
        reply_to: The technician's address.

    Raises:
        TemplateRefused: a template is not valid, although saving it has checked it.
    """
    by_placeholder = values.by_placeholder()
    display = sender_name(values.technician, values.organization)
    return MailText(
        subject=read_subject(subject_template).fill(by_placeholder),
        text=read_text(text_template).fill(by_placeholder),
        sender=f"{display} <{sender_address}>" if sender_address else display,
        reply_to=reply_to,
    )


def sender_name(technician: str, organization: str) -> str:
    """Return the name that a mail is sent under, ``Technician, Organization``."""
    return ", ".join(filter(None, (one_line(technician), one_line(organization))))
