"""The error that ends a file's transfer."""

from rescue_console.protocol.file_problems import FileProblem


class FileFailed(Exception):
    """A file's transfer has failed.

    Attributes:
        problem: Why, or another version's own words about it.
        by_peer: Whether the other side reported it, and so need not be told.
    """

    def __init__(self, problem: FileProblem | str, *, by_peer: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.by_peer = by_peer
