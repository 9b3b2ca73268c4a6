"""Mail URLs: what they mean, and that a bad one is refused without giving its password away."""

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.server.mail.smtp_url import (
    FolderSettings,
    MailUrlRefused,
    SmtpSettings,
    Tls,
    read_mail_url,
)


def smtp(url: str) -> SmtpSettings:
    settings = read_mail_url(url)
    assert isinstance(settings, SmtpSettings)
    return settings


@pytest.mark.parametrize(
    ("url", "port", "tls", "verifies"),
    [
        ("smtp://mail.example", 25, Tls.IF_OFFERED, False),
        ("smtp://mail.example:2525", 2525, Tls.IF_OFFERED, False),
        ("smtp://u:p@mail.example", 587, Tls.STARTTLS, True),
        ("smtp://u:p@localhost:2525", 2525, Tls.IF_OFFERED, False),
        ("smtp+starttls://mail.example", 587, Tls.STARTTLS, True),
        ("smtps://mail.example", 465, Tls.FROM_START, True),
        ("smtp+plain://u:p@mail.example", 25, Tls.NEVER, False),
        ("smtp://[::1]:2525", 2525, Tls.IF_OFFERED, False),
    ],
)
def test_the_scheme_says_port_and_encryption(url: str, port: int, tls: Tls, verifies: bool) -> None:
    settings = smtp(url)
    assert (settings.port, settings.tls, settings.verifies) == (port, tls, verifies)


def test_the_options_are_read(tmp_path: Path) -> None:
    cafile = tmp_path / "ca.pem"
    cafile.touch()
    settings = smtp(
        f"smtp://mail.example?from=a+b@c.example&cafile={quote(str(cafile))}&timeout=2.5&name=me.example"
    )
    assert settings.sender == "a+b@c.example"
    assert settings.cafile == cafile
    assert settings.timeout_s == 2.5
    assert settings.greeting == "me.example"
    assert settings.verifies


def test_a_file_url_names_a_folder() -> None:
    settings = read_mail_url("file:///var/spool/out%20box?from=a@b.example")
    assert settings == FolderSettings(folder=Path("/var/spool/out box"), sender="a@b.example")


@given(
    user=st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1),
    password=st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1),
)
def test_user_and_password_are_percent_decoded(user: str, password: str) -> None:
    settings = smtp(f"smtps://{quote(user, safe='')}:{quote(password, safe='')}@mail.example")
    assert (settings.user, settings.password) == (user, password)


def test_user_and_password_are_not_in_the_repr() -> None:
    shown = repr(smtp("smtps://someone:hunter2@mail.example"))
    assert "someone" not in shown
    assert "hunter2" not in shown


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "must start with one of smtp://"),
        ("mail.example:25", "must start"),
        ("http://mail.example", "must start"),
        ("smtp://", "names no mail server"),
        ("smtp://u:hunter2@", "names no mail server"),
        ("smtp://ma il.example", "names no mail server"),
        ("smtp://[::1", "not a URL"),
        ("smtp://u:hunter2@mail.example:port", "port"),
        ("smtp://u:hunter2@mail.example:0", "port"),
        ("smtp://u:hunter2@mail.example:99999", "port"),
        ("smtp://u:hunter2#more@mail.example", "%23"),
        ("smtp://u:hunter2/more@mail.example", "port"),
        ("smtp://u:hunter2?more@mail.example", "not name=value"),
        ("smtp://u@mail.example", "both a user and a password"),
        ("smtp://u:hunter2%0d@mail.example", "control characters"),
        ("smtp://mail.example/path", "%2F"),
        ("smtp://mail.example?from=nobody", "no @"),
        ("smtp://mail.example?form=a@b.example", "unknown option"),
        ("smtp://mail.example?from=a@b.example&from=c@d.example", "twice"),
        ("smtp://mail.example?timeout=soon", "timeout="),
        ("smtp://mail.example?timeout=nan", "timeout="),
        ("smtp://mail.example?timeout=0", "timeout="),
        ("smtp://mail.example?cafile=/no/such/file", "no file"),
        ("smtp://mail.example?name=a%0d%0ab", "name="),
        ("file://folder/mails", "three slashes"),
        ("file:///", "no folder"),
        ("file:///mails?timeout=3", "unknown option"),
    ],
)
def test_a_bad_url_is_refused_with_its_reason(url: str, reason: str) -> None:
    with pytest.raises(MailUrlRefused, match=reason) as refused:
        read_mail_url(url)
    assert "hunter2" not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
