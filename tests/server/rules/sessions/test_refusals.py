"""Problem details: every refusal has a type, a title and a status that programs can rely on."""

import msgspec
import pytest

from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import PROBLEM_BASE, FieldError, Problem, ProblemWord
from rescue_console.server.refusals import KINDS, Refusal, refuse


@pytest.mark.parametrize("word", ProblemWord)
def test_every_word_has_one_status_and_one_title(word: ProblemWord) -> None:
    kind = KINDS[word]
    assert 400 <= kind.status < 600
    assert kind.title
    assert [other for other in KINDS.values() if other.title == kind.title] == [kind]


@pytest.mark.parametrize("word", ProblemWord)
def test_a_problem_keeps_its_word_when_encoded_and_decoded(word: ProblemWord) -> None:
    refusal = refuse(
        word,
        "Do this.",
        errors=[FieldError("name", "is missing", 2, 3)],
        permission=Permission.METHOD_PIN,
        holder="Ada",
        retry_after_s=9,
    )
    problem = msgspec.json.decode(msgspec.json.encode(refusal.problem), type=Problem)
    assert problem == refusal.problem
    assert problem.type == PROBLEM_BASE + word
    assert (problem.word, refusal.word) == (word, word)


def test_what_a_problem_does_not_need_is_left_out() -> None:
    refusal = refuse(ProblemWord.NOT_FOUND, "There is no such group.")
    assert isinstance(refusal, Refusal)
    assert set(msgspec.json.decode(msgspec.json.encode(refusal.problem))) == {
        "type",
        "title",
        "status",
        "detail",
    }


def test_status_conflicts_are_409() -> None:
    conflicts = (ProblemWord.STATUS_CONFLICT, ProblemWord.TAKEN_BY, ProblemWord.TOO_MANY_ACTIVE)
    assert {KINDS[word].status for word in conflicts} == {409}
