"""The end of a file's way when it is a bad one."""

from rescue_console.protocol.file_problems import FileProblem


class FileFailed(Exception):
    """A file's way ended badly.

    Attributes:
        problem: Why, or the words of another version about it.
        by_peer: Whether the other side said so, and need not be told.
    """

    def __init__(self, problem: FileProblem | str, *, by_peer: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.by_peer = by_peer
