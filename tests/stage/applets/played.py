"""The applet on an invented computer: ``python -m tests.stage.applets.played [OPTIONS]``.

Everything is real except what the applet says about the computer: pictures show neither the machine
on which they are taken nor its folders. The options are those of ``rescue-applet``.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from rescue_console.applet.__main__ import main
from rescue_console.applet.duties import duties, folders
from rescue_console.applet.duties.folder_listing import list_folder
from rescue_console.applet.facts.base import Facts, Line
from rescue_console.protocol.channel import Entry, FolderListed

HOME = "/home/zoe"


class ShopFacts(Facts):
    """A small computer in a shop."""

    def system(self) -> Iterator[Line]:
        yield "Name", "dupont-shop"
        yield "Operating system", self.system_name()
        yield "Version", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1"
        yield "Architecture", "x86_64"
        yield "Running for", "2 days, 5:41:07"
        yield "User", "zoe"
        yield "Home folder", HOME

    def system_name(self) -> str:
        return "Debian GNU/Linux 12 (bookworm)"

    def uptime_s(self) -> float | None:
        return None

    def processor(self) -> Iterator[Line]:
        yield "Model", self.processor_name()
        yield "Logical processors", "4"

    def processor_name(self) -> str:
        return "Intel(R) N100"

    def memory(self) -> Iterator[Line]:
        yield "Installed", "15.4 GiB"
        yield "Available", "9.7 GiB"

    def disk_places(self) -> list[str]:
        return []

    def disks(self) -> Iterator[Line]:
        yield "/", "138.2 GiB free of 233.9 GiB"

    def network(self) -> Iterator[Line]:
        yield "wlan0", "up, 02:00:5e:10:00:01"
        yield "IPv4 address", "192.0.2.24"

    def services(self) -> Iterator[Line]:
        yield "cups.service", "active (running)"
        yield "NetworkManager.service", "active (running)"
        yield "ssh.service", "inactive (dead)"

    def processes(self) -> Iterator[Line]:
        yield "812", "cupsd"
        yield "1203", "orders"
        yield "1377", "chromium"
        yield "1420", "rescue-applet"


def list_played(number: int, path: str) -> FolderListed:
    """List a folder of this user's home as if it were in HOME."""
    if not path:
        begin = [Entry(name=HOME, folder=True), Entry(name="/", folder=True)]
        return FolderListed(id=number, path="", entries=begin)
    here = str(Path.home())
    listed = list_folder(number, path.replace(HOME, here, 1))
    return replace(
        listed,
        path=listed.path.replace(here, HOME, 1),
        parent="" if listed.path == here else listed.parent.replace(here, HOME, 1),
    )


REPLACED = ((duties, "open_facts", ShopFacts), (folders, "list_folder", list_played))
"""What is replaced here: the module, the name in it, and the replacement."""


if __name__ == "__main__":
    for module, name, played in REPLACED:
        setattr(module, name, played)
    sys.exit(main())
