"""A mail to send, and strategies that generate hostile input."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from rescue_console.protocol.choices import Language
from rescue_console.server.mail.message import Mail, Message, build_message
from rescue_console.server.mail.values import MailValues

LINK = "https://help.example/Customer/Code.aspx?i=2&Code=618689&k=abcdefghijklmnopqrstuv"
CREATED = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)

_HOSTILE = st.sampled_from(
    [
        "{link}",
        "{name}",
        "{{",
        "}",
        "\r\nBcc: victim@example.org\r\n\r\n",
        "\n\n",
        "</p><script>alert(1)</script>",
        '" onmouseover="x',
        "<a href='https://evil.example'>",
        "&amp;",
        "\u202e",
        "\u2066",
        "\u2028",
        "\x00",
        "\x85",
        "=?utf-8?q?=0d=0aBcc:_x?=",
        "Élodie, «Noël» (Paris)",
        "Zoë <zoe@example.org>, other@example.org",
        "🧑🏽‍💻",
        "word " * 60,
        "é" * 250,
    ]
)
hostile = st.lists(st.one_of(_HOSTILE, st.text(max_size=30)), max_size=4).map("".join)


def make_values(**changes: Any) -> MailValues:
    facts: dict[str, Any] = {
        "link": LINK,
        "code": "618689",
        "name": "Ada",
        "technician": "Élodie Noël",
        "organization": "Dépannage",
        "expires": datetime(2026, 3, 2, 9, 5, tzinfo=UTC),
        "language": Language("en"),
    }
    return MailValues(**(facts | changes))


def make_mail(**changes: Any) -> Mail:
    facts: dict[str, Any] = {
        "message_id": "<0a1b@help.example>",
        "sender": "support@help.example",
        "sender_name": "Tom Baker, Helpers",
        "reply_to": "tom@help.example",
        "recipient": "customer@example.org",
        "subject": "Link to connect by e-mail",
        "text": f"Please click:\n\n{LINK}\n\nKind regards,\nThe support team",
        "link": LINK,
        "language": Language("en"),
        "created_at": CREATED,
    }
    return Mail(**(facts | changes))


def make_message(**changes: Any) -> Message:
    return build_message(make_mail(**changes))
