"""Expects a refusal by its problem word."""

import contextlib
from collections.abc import Iterator

import pytest

from rescue_console.protocol.problems import Problem, ProblemWord
from rescue_console.server.refusals import Refusal


class Caught:
    """Holds the problem once the block has ended."""

    problem: Problem


@contextlib.contextmanager
def refused(word: ProblemWord) -> Iterator[Caught]:
    """Expect the block to be refused with *word*; its problem can be inspected afterwards."""
    caught = Caught()
    with pytest.raises(Refusal) as error:
        yield caught
    assert error.value.word == word, error.value.problem
    caught.problem = error.value.problem
