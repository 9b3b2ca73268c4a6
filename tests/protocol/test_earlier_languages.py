"""Version 0.1, which knew two languages, and today's programs still understand each other."""

from datetime import UTC, datetime
from enum import StrEnum

import msgspec
import pytest
from msgspec import Struct

from rescue_console.protocol.answers import (
    GroupRef,
    Organization,
    ServerState,
    Session,
    TechnicianRef,
)
from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform, Language
from rescue_console.protocol.requests import ChangeGroup, CreateGroup, CreateSession
from rescue_console.protocol.settings import (
    GroupSettings,
    ResolvedSettings,
    SettingChange,
    under_new_names,
)
from rescue_console.protocol.statuses import SessionStatus

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)

SESSION_0_1 = b"""{"id":"0192","name":"Zoe","status":"waiting",
"status_since":"2026-11-23T14:05:00Z","due_at":null,"method":"email","language":"fr","mobile":false,"platform":"auto",
"detected_platform":null,"code":"618689","link":"https://help.example/","created_at":
"2026-11-23T14:05:00Z","expires_at":null,"created_by":{"id":"1","name":"Nora"},
"group":{"id":"2","name":"North"},"technician":null,"transfer":null,"email":null,"mail":null,
"consents":{},"applet":false,"notes":""}"""
"""A session as a server of version 0.1 sends it, and as that version stores it in events."""
ORGANIZATION_0_1 = b'{"name":"Example Help","language":"fr"}'
SERVER_0_1 = b"""{"version":"0.1.0","time":"2026-11-23T14:05:00Z","public_url":
"https://help.example/","mail":true,"mail_reason":""}"""
SETTINGS_0_1 = b"""{"mail_subject_en":"Help","mail_subject_fr":"Aide","mail_text_en":"{link}",
"mail_text_fr":"Ici : {link}","link_life_hours":24,"pin_life_minutes":15,"waiting_minutes":60,
"idle_minutes":60,"sender_address":"","public_url":"","max_active_sessions":10,
"chat_kept_days":30}"""


class Language01(StrEnum):
    ENGLISH = "en"
    FRENCH = "fr"


class InLanguage01(Struct, kw_only=True):
    """The part of an organization or a session that version 0.1 reads."""

    language: Language01


class ResolvedSettings01(Struct, kw_only=True, frozen=True):
    mail_subject_en: str
    mail_subject_fr: str
    mail_text_en: str
    mail_text_fr: str


def session_in(language: str) -> Session:
    return Session(
        id="0192",
        name="Zoe",
        status=SessionStatus.WAITING,
        status_since=NOW,
        due_at=None,
        method=ConnectionMethod.EMAIL,
        language=Language(language),
        mobile=False,
        platform=DevicePlatform.AUTO,
        detected_platform=None,
        code="618689",
        link="https://help.example/",
        created_at=NOW,
        expires_at=None,
        created_by=TechnicianRef(id="1", name="Nora"),
        group=GroupRef(id="2", name="North"),
    )


def test_answers_of_an_older_server_are_understood() -> None:
    assert msgspec.json.decode(SESSION_0_1, type=Session).language == "fr"
    assert msgspec.json.decode(ORGANIZATION_0_1, type=Organization).language == "fr"
    server = msgspec.json.decode(SERVER_0_1, type=ServerState)
    assert server.languages == {"en": "English", "fr": "Français"}
    settings = msgspec.json.decode(SETTINGS_0_1, type=ResolvedSettings)
    assert settings.mail_subject == {"en": "Help", "fr": "Aide"}
    assert settings.mail_text == {"en": "{link}", "fr": "Ici : {link}"}


@pytest.mark.parametrize(("language", "read"), [("fr", "fr"), ("en", "en"), ("pt-BR", "en")])
def test_an_older_console_reads_english_in_place_of_an_unknown_language(
    language: str, read: str
) -> None:
    organization = Organization(name="Example Help", language=Language(language))
    for answer in (session_in(language), organization):
        wire = msgspec.json.encode(answer)
        assert msgspec.json.decode(wire, type=InLanguage01).language == read
        assert msgspec.json.decode(wire, type=type(answer)) == answer


def test_an_older_console_reads_the_templates_under_their_earlier_names() -> None:
    texts = {Language("en"): "{link}", Language("de"): "Hier: {link}"}
    settings = ResolvedSettings(mail_subject={Language("fr"): "Aide"}, mail_text=texts)
    read = msgspec.json.decode(msgspec.json.encode(settings), type=ResolvedSettings01)
    assert (read.mail_text_en, read.mail_text_fr) == ("{link}", "{link}")
    assert (read.mail_subject_en, read.mail_subject_fr) == ("", "Aide")


def test_requests_of_an_older_console_are_understood() -> None:
    asked = b'{"method":"email","name":"Zoe","language":"fr","mobile":false,"platform":"auto"}'
    assert msgspec.json.decode(asked, type=CreateSession).language == "fr"
    group = b'{"name":"Night","parent_id":"1","settings":{"mail_text_fr":"{link}"}}'
    made = msgspec.json.decode(group, type=CreateGroup).settings
    assert made == GroupSettings(mail_text={Language("fr"): "{link}"})
    change = msgspec.json.decode(b'{"settings":{"mail_text_fr":null}}', type=ChangeGroup)
    assert isinstance(change.settings, dict)
    assert under_new_names(change.settings) == {"mail_text": {"fr": None}}


def test_the_new_name_outweighs_the_earlier_one() -> None:
    both = GroupSettings(mail_text={Language("fr"): "new"}, mail_text_fr="old", mail_text_en="old")
    assert both.mail_text == {"en": "old", "fr": "new"}
    assert both.mail_text_fr == "new"
    changes: dict[str, SettingChange] = {
        "mail_text": {Language("fr"): "new"},
        "mail_text_fr": "old",
        "mail_text_en": None,
    }
    assert under_new_names(changes) == {"mail_text": {"fr": "new", "en": None}}


def test_any_language_of_a_newer_server_is_read() -> None:
    wire = msgspec.json.encode(session_in("tlh-Piqd-x-1"))
    assert msgspec.json.decode(wire, type=Session).language == "tlh-Piqd-x-1"
