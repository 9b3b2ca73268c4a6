"""Builds everything that makes up a release into ``dist/release``: ``make release``.

That is the wheel, with compiled forms, and for each extra a list that installs it: exact versions
of all packages with the digests of their wheels, and the wheel itself with its digest. ``pip
install -r server.txt`` in that folder then installs exactly these files, or fails. The unit starts
a server with the system; the settings and the script are for a TURN server.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from deploy.pins import Pin, read_pins

EXTRAS = ("desktop", "server", "applet")
ON_THE_SERVER = ("rescue.service", "turnserver.conf", "turn_certificate.sh")
"""What a release brings for those who install a server."""
ROOT = Path(__file__).resolve().parent.parent


def install_list(pins: Iterable[Pin], wheel: Path, extra: str) -> Iterator[str]:
    """Yield the lines from which pip installs *extra* of *wheel*, which is in the same folder."""
    yield "--only-binary :all:"
    yield "--require-hashes"
    for pin in pins:
        if extra in pin.extras:
            yield from pin.lines()
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    yield f"./{wheel.name}[{extra}] --hash=sha256:{digest}"


def build(root: Path, folder: Path) -> Path:
    """Build the wheel of the checkout *root* into *folder*, emptied first; return its path."""
    shutil.rmtree(folder, ignore_errors=True)
    # Compile the forms first: if that is impossible the build would only leave them out.
    for command in (
        ["resources/hatch_build.py"],
        ["-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
    ):
        subprocess.run([sys.executable, *command], cwd=root, check=True)  # noqa: S603 (our own)
    (wheel,) = folder.glob("*.whl")
    return wheel


def release(root: Path, folder: Path) -> None:
    """Build the release of the checkout *root* in *folder*."""
    wheel = build(root, folder)
    pins = read_pins((root / "requirements.txt").read_text(encoding="utf-8"))
    for extra in EXTRAS:
        lines = "\n".join(install_list(pins, wheel, extra))
        (folder / f"{extra}.txt").write_text(f"{lines}\n", encoding="utf-8")
    for name in ON_THE_SERVER:
        shutil.copy(root / "deploy" / name, folder)


def main() -> int:
    """Build the release of this checkout in ``dist/release``, or the folder on the command line."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "release"
    release(ROOT, folder.resolve())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
