"""The description at /api/v1/openapi.json is made for people and for generators of clients."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema_rs import Draft202012Validator

from rescue_console.protocol import answers, events, requests
from rescue_console.protocol.problems import PROBLEM_BASE, Problem, ProblemWord
from rescue_console.server.app import build_app
from rescue_console.server.options import ServeOptions
from rescue_console.server.parts import Parts
from rescue_console.server.refusals import KINDS
from rescue_console.server.routes.description import complete
from rescue_console.server.routes.examples import EXAMPLES
from rescue_console.server.storage.database import Database, database_url
from tests.stage.rules.clock import StandingClock

NAMES = """
ask_power change_group change_organization change_password change_technician close_session
create_group create_session create_technician delete_group delete_technician drop_power hold_session
list_colleagues list_emails list_groups list_sessions list_technicians preview_mail read_chat
read_events read_group read_ice_servers read_me read_organization read_session read_session_log
read_technician
refresh_tokens restart_device send_chat send_email send_signal set_availability sign_in sign_out
start_session take_seat transfer_session write_notes
"""
"""Generated clients have functions of these names: whoever uses one depends on them."""
ROOMS = (answers, requests, events)
A_CALL = re.compile(r"[a-z]+(_[a-z]+)+")
JSON = "application/json"
PROBLEM_JSON = "application/problem+json"


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = Path(tmp_path_factory.mktemp("described"))
    database = Database(database_url(folder))
    parts = Parts(ServeOptions(data=folder), database, StandingClock(), "https://help.example")
    schema = build_app(parts, []).openapi_schema.to_schema()
    complete(schema)
    sent: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(schema))
    return sent


@pytest.fixture(scope="module")
def calls(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        call["operationId"]: call for path in described["paths"].values() for call in path.values()
    }


def test_no_name_of_a_call_changes(calls: dict[str, Any]) -> None:
    assert sorted(calls) == NAMES.split()


def test_a_call_is_named_by_a_verb_and_a_noun(calls: dict[str, Any]) -> None:
    assert [name for name in calls if not A_CALL.fullmatch(name)] == []


def test_each_call_has_a_title_and_whole_sentences(calls: dict[str, Any]) -> None:
    for name, call in calls.items():
        assert call["summary"], name
        assert call["description"].strip().endswith("."), name
        assert "Raises:" not in call["description"], name
        assert "``" not in call["description"], name


def test_each_body_and_answer_has_an_example_that_fits(
    described: dict[str, Any], calls: dict[str, Any]
) -> None:
    for name, call in calls.items():
        parts = [call.get("requestBody", {}), *call["responses"].values()]
        kinds = [part.get("content", {}) for part in parts]
        contents = [kind[JSON] for kind in kinds if JSON in kind]
        assert contents or "204" in call["responses"], name
        for content in contents:
            schema = {**content["schema"], "components": described["components"]}
            Draft202012Validator(schema).validate(content["example"])


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_is_what_the_programs_read(name: str) -> None:
    kind = next(getattr(room, name) for room in ROOMS if hasattr(room, name))
    assert msgspec.to_builtins(msgspec.convert(EXAMPLES[name], kind)) == EXAMPLES[name]


def test_each_refusal_names_its_words_with_an_example_of_each(calls: dict[str, Any]) -> None:
    for name, call in calls.items():
        for status, response in call["responses"].items():
            if status.startswith("2"):
                assert PROBLEM_JSON not in response.get("content", {}), (name, status)
                continue
            examples = response["content"][PROBLEM_JSON]["examples"]
            assert examples, (name, status)
            for word, example in examples.items():
                made = msgspec.convert(example["value"], Problem)
                assert made.type == PROBLEM_BASE + word
                assert made.status == int(status) == KINDS[ProblemWord(word)].status
                assert f"`{word}`" in response["description"]


def test_every_word_that_a_call_may_answer_with_is_named_somewhere(calls: dict[str, Any]) -> None:
    named = {
        word
        for call in calls.values()
        for response in call["responses"].values()
        for word in response.get("content", {}).get(PROBLEM_JSON, {}).get("examples", {})
    }
    # No described call has a method that its address does not take.
    assert named == set(ProblemWord) - {ProblemWord.METHOD_NOT_ALLOWED}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("start_session", {"taken-by", "status-conflict", "too-many-active"}),
        ("create_session", {"key-reused"}),
        ("sign_in", set()),
        ("delete_group", {"in-use"}),
    ],
)
def test_a_conflict_lists_what_this_call_can_answer_only(
    calls: dict[str, Any], call: str, words: set[str]
) -> None:
    conflict = calls[call]["responses"].get("409", {"content": {}})
    assert set(conflict["content"].get(PROBLEM_JSON, {}).get("examples", {})) == words
