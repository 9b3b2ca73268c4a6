"""Finds files that code, comments and pages cite although they are not in the repository.

A path has a slash in it, is in backticks or ends like a source file, and begins with a folder of
the repository. It may start from the top or from any folder below (``protocol/powers.py``).
``NAME``, ``ROOM`` and ``*`` in it stand for any name. A bare file name must match some file
anywhere. Files that the build compiles count as present. In tests, where many paths are only
examples, a path counts only if it begins with a folder at the top; tests of checks like this one
are skipped.
"""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Final

READ: Final = frozenset({".py", ".js", ".md", ".sh", ".toml", ".yml", ".html", ".spec"})
"""Suffixes of the files that are searched for citations."""

_ENDINGS: Final = "py|js|css|html|md|toml|json|sh|spec|ui|ts|yml|svg|wav"
_PATH: Final = re.compile(
    rf"(?<![\w./:@%$\-])((?:[\w.-]+/)+[\w.*-]+\.(?:{_ENDINGS}))(?![\w/-])|`((?:[a-z_]+/)+[\w*.-]*)`"
)
_NAME: Final = re.compile(r"(?<![\w./:@%$*{}<>\"\-])([\w-]+\.(?:py|md|js|sh))(?![\w(/\"-])")
_COMPILED: Final = ("ui_*.py", "resources_rc.py")
_ANY: Final = re.compile("NAME|ROOM")
_EXAMPLES: Final = "tests/house/"
_NO_FILE: Final = frozenset({"Node.js"})


class Repository:
    """The files under version control and their folders."""

    def __init__(self, root: Path, files: Iterable[Path]) -> None:
        self.root = root
        self.files = sorted(path.relative_to(root).as_posix() for path in files)
        paths = [PurePosixPath(name) for name in self.files]
        folders = {folder for path in paths for folder in path.parents if folder.name}
        self._citable = {
            "/".join(path.parts[start:])
            for path in {*paths, *folders}
            for start in range(len(path.parts))
        }
        self._names = {path.name for path in paths}
        self._folder_names = {folder.name for folder in folders}
        self._tops = {path.parts[0] for path in paths if len(path.parts) > 1}

    def lost(self) -> Iterator[str]:
        """Name each cited file that does not exist, with the place that cites it."""
        for name in self.files:
            if PurePosixPath(name).suffix in READ and not name.startswith(_EXAMPLES):
                text = (self.root / name).read_text(encoding="utf-8")
                for number, line in enumerate(text.splitlines(), start=1):
                    for cited in self._lost_in(line, PurePosixPath(name)):
                        yield f"{name}:{number}: there is no {cited}"

    def _lost_in(self, line: str, citing: PurePosixPath) -> Iterator[str]:
        in_tests = citing.parts[0] == "tests"
        known = self._tops if in_tests else self._folder_names
        for found in _PATH.finditer(line):
            path = PurePosixPath(found[1] or found[2])
            if path.parts[0] in known and not self._leads_somewhere(path):
                yield str(path)
        if not in_tests:
            names = {*_NAME.findall(line)} - self._names - _NO_FILE
            yield from (name for name in names if not _is_compiled(name))

    def _leads_somewhere(self, path: PurePosixPath) -> bool:
        if _is_compiled(path.name):
            return True
        pattern = _ANY.sub("*", str(path))
        if "*" not in pattern:
            return pattern in self._citable
        return any(fnmatchcase(citable, pattern) for citable in self._citable)


def _is_compiled(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in _COMPILED)
