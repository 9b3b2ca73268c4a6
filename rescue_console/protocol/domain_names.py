"""International domain names, as every program here reads them: IDNA 2008, and nothing else.

Python's own ``idna`` codec is IDNA 2003, which makes ``strasse.example`` of ``straße.example``: the
domain of somebody else. Browsers and mail servers follow UTS 46 in its non-transitional form, where
these are two names. Whoever sends a name to a mail server, a resolver or a mail client gets it
here.

Source: RFC 5891; UTS #46, "Non-transitional processing".
"""

import re

NAME_LENGTH_MAX = 253
_TYPED_MAX = 1_000
"""More than any name has, with all that is not seen in it: mapping and checking take time."""
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\Z", re.ASCII)


class DomainRefused(ValueError):
    """The text is no domain name."""


def ascii_domain(name: str) -> str:
    """Return the domain *name* as it stands in the DNS: ASCII, in small letters.

    A name that is ASCII already stays what it is, also where IDNA 2008 would not make it so today:
    ``r3---sn.example`` and names with an underscore are in use.

    Raises:
        DomainRefused: it is no domain name.
    """
    labels = [_ascii_label(label) for label in shown_domain(name).split(".")]
    whole = ".".join(labels)
    if len(whole) > NAME_LENGTH_MAX or not all(_LABEL.match(label) for label in labels):
        raise DomainRefused("This is not a domain name.")
    return whole


def shown_domain(name: str) -> str:
    """Return the domain *name* as people read it: in small letters, without what is not seen.

    Two names that look alike in width, case or composition are one here, as in the DNS.

    Raises:
        DomainRefused: it holds what no domain name may.
    """
    if len(name) > _TYPED_MAX:
        raise DomainRefused("This is not a domain name.")
    if name.isascii():
        return name.lower()
    # Loaded late: its tables take longer to load than most programs ever need them.
    import idna

    try:
        return idna.uts46_remap(name, std3_rules=False, transitional=False)
    except (idna.IDNAError, IndexError) as error:
        raise DomainRefused("This is not a domain name.") from error


def fold_address(address: str) -> str:
    """Return an e-mail address so that two spellings of one mailbox are equal.

    The domain is folded as the DNS does; ``str.casefold`` alone would make one of two domains. What
    is no address is only put in small letters.
    """
    local, at, domain = address.rpartition("@")
    try:
        return f"{local.casefold()}{at}{ascii_domain(domain)}"
    except DomainRefused:
        return address.casefold()


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    import idna

    try:
        return idna.alabel(label).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise DomainRefused("This is not a domain name.") from error
