"""The words on the wire: scripts, mails in people's inboxes and old consoles depend on them."""

from enum import StrEnum
from typing import get_args

import msgspec
import pytest

from rescue_console.protocol import events
from rescue_console.protocol.choices import (
    Availability,
    ConnectionMethod,
    DevicePlatform,
    EmailState,
)
from rescue_console.protocol.email_troubles import EmailTrouble
from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.problems import PROBLEM_BASE, ProblemWord
from rescue_console.protocol.restart import RestartProblem
from rescue_console.protocol.settings import GroupSettings, ResolvedSettings
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import SessionStatus

WORDS: dict[type[StrEnum], str] = {
    SessionStatus: "invited connecting waiting active on_hold reconnecting offline rebooting "
    "transferring timed_out expired closed_by_technician closed_by_customer "
    "closed_by_waiting_customer aborted",
    ConnectionMethod: "pin email link",
    DevicePlatform: "auto windows macos linux chromeos android ios",
    Availability: "online away busy",
    EmailState: "queued sent failed",
    EmailTrouble: "recipient_refused content_refused address_unusable session_over "
    "sign_in_refused sign_in_not_offered encryption_missing certificate_refused sender_refused "
    "server_refused unreachable folder_unwritable server_mistake delayed no_answer",
    Permission: "private_sessions method_pin method_email method_link email_own_client "
    "email_server mobile_module hold_sessions transfer_sessions chat view_screen record_screen "
    "control clipboard send_files receive_files file_manager system_information reboot",
    Power: "view control clipboard files file_manager system_information reboot",
    PowerHindrance: "declined taken_back nothing_chosen denied_by_system denied_by_policy blocked "
    "nothing_found not_readable broken_off camera_only camera_declined camera_denied_by_system "
    "camera_denied_by_policy camera_blocked camera_not_found camera_not_readable camera_broken_off "
    "no_capture no_webrtc insecure no_scripts",
    Consent: "none asked granted denied",
    RestartProblem: "cancelled taken_back no_way_back refused still_running",
    SignalKind: "typing offer answer candidate view_ready view_ended recording relay_ready "
    "files_offer files_answer files_candidate files_ready files_ended code_value",
    ProblemWord: "not-signed-in wrong-credentials too-many-attempts not-allowed "
    "permission-missing not-found method-not-allowed malformed invalid too-large "
    "unsupported-media status-conflict taken-by helped-elsewhere already-exists chat-full in-use "
    "key-reused mail-not-set-up too-many-mails not-available too-many-active storage-busy "
    "storage-full codes-exhausted internal",
}
SETTINGS = (
    "mail_subject mail_text mail_subject_en mail_subject_fr mail_text_en mail_text_fr "
    "link_life_hours pin_life_minutes waiting_minutes idle_minutes sender_address public_url "
    "max_active_sessions chat_kept_days"
)


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_no_word_changes(kind: type[StrEnum]) -> None:
    assert {member.value for member in kind} == set(WORDS[kind].split())


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_a_word_travels_as_itself(kind: type[StrEnum]) -> None:
    for member in kind:
        encoded = msgspec.json.encode(member)
        assert encoded == f'"{member.value}"'.encode()
        assert msgspec.json.decode(encoded, type=kind) is member


def test_the_settings_keep_their_names_and_all_have_a_default() -> None:
    assert set(GroupSettings.__struct_fields__) == set(SETTINGS.split())
    assert set(ResolvedSettings.__struct_fields__) == set(SETTINGS.split())
    assert all(value is None for value in msgspec.structs.asdict(GroupSettings()).values())
    assert None not in msgspec.structs.asdict(ResolvedSettings()).values()


def test_the_kinds_of_events_do_not_change() -> None:
    kinds = {kind.__struct_config__.tag for kind in get_args(events.Event)}
    assert kinds == {
        "hello",
        "session.changed",
        "session.removed",
        "email.changed",
        "me.changed",
        "chat.said",
        "signal.sent",
    }
    assert events.Subscribe.__struct_config__.tag == "subscribe"


def test_the_close_codes_do_not_change() -> None:
    codes = (
        events.CLOSE_MALFORMED,
        events.CLOSE_TOKEN_REFUSED,
        events.CLOSE_TOO_SLOW,
        events.CLOSE_TAKEN_OVER,
        events.CLOSE_GOING_AWAY,
    )
    assert codes == (4400, 4401, 4408, 4409, 1001)


def test_the_prefix_of_problem_types_does_not_change() -> None:
    assert PROBLEM_BASE == "urn:rescue-console:problem:"


def test_links_name_their_method_by_these_numbers() -> None:
    numbers = {method.value: method.link_number for method in ConnectionMethod}
    assert numbers == {"pin": 1, "email": 2, "link": 3}


def test_phones_and_tablets_need_the_mobile_module() -> None:
    assert {platform for platform in DevicePlatform if platform.is_mobile} == {"android", "ios"}
