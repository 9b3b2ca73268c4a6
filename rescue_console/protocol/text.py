"""Checks what people type: cleans names of anything that deceives or injects, checks addresses."""

import re
import unicodedata

from rescue_console.protocol.domain_names import DomainRefused, ascii_domain, shown_domain
from rescue_console.protocol.foreign_text import line
from rescue_console.protocol.limits import ADDRESS_MAX, NAME_MAX
from rescue_console.protocol.pasted import bare_address

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_LABEL = re.compile(r"[^\W_]([^\W_]|-)*(?<!-)\Z")


class TextRefused(ValueError):
    """What was typed cannot be accepted; the message says why in plain words."""


def clean_name(text: str) -> str:
    """Return *text* as a ``line``, safe to show, to log and to put in a mail header.

    Empty when nothing of it would be visible.

    Raises:
        TextRefused: more than NAME_MAX characters are left.
    """
    name = unicodedata.normalize("NFC", line(text))
    if not any(unicodedata.category(character)[0] not in "CZM" for character in name):
        return ""
    if len(name) > NAME_MAX:
        raise TextRefused(f"The name has {len(name)} characters; at most {NAME_MAX} are allowed.")
    return name


def check_address(text: str) -> str:
    """Return the e-mail address in *text*, without what was pasted around it.

    One address is accepted: no quoted local part, no second recipient.
    International domain names are kept as people read them and sent in their ASCII form.

    Raises:
        TextRefused: it is not one address; the message says what is wrong.
        Source: RFC 5321 section 4.1.2 (dot-string local part) and 4.5.3.1 (sizes).
    """
    address = bare_address(text)
    if not address:
        raise TextRefused("Type an e-mail address.")
    if len(address) > ADDRESS_MAX:
        raise TextRefused(f"The address is longer than {ADDRESS_MAX} characters.")
    local, at, domain = address.rpartition("@")
    if not at:
        raise TextRefused("The address has no @.")
    if len(local) > 64 or not _LOCAL.match(local):
        raise TextRefused("The part before the @ is not valid.")
    try:
        sent = ascii_domain(domain)
        shown = domain if domain.isascii() else shown_domain(domain)
    except DomainRefused:
        raise TextRefused("The part after the @ is not valid.") from None
    labels = sent.split(".")
    if len(labels) < 2 and sent != "localhost":
        raise TextRefused("The part after the @ lacks a dot.")
    if not all(_LABEL.match(label) for label in labels):
        raise TextRefused("The part after the @ is not valid.")
    if len(local) + 1 + len(sent) > ADDRESS_MAX:
        raise TextRefused(f"The address is longer than {ADDRESS_MAX} characters.")
    return f"{local}@{shown}"
