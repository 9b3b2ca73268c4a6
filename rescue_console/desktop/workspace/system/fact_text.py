"""Translates what the applet tells in English, as far as the words are known."""

import re

import msgspec
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.protocol.channel import Fact
from rescue_console.protocol.foreign_text import line

_SECTIONS: dict[str, object] = {
    "System": QT_TRANSLATE_NOOP("Facts", "System"),
    "Processor": QT_TRANSLATE_NOOP("Facts", "Processor"),
    "Memory": QT_TRANSLATE_NOOP("Facts", "Memory"),
    "Disks": QT_TRANSLATE_NOOP("Facts", "Disks"),
    "Network": QT_TRANSLATE_NOOP("Facts", "Network"),
    "Services": QT_TRANSLATE_NOOP("Facts", "Services"),
    "Processes": QT_TRANSLATE_NOOP("Facts", "Processes"),
}
_NAMES: dict[str, object] = {
    "Name": QT_TRANSLATE_NOOP("Facts", "Name"),
    "Operating system": QT_TRANSLATE_NOOP("Facts", "Operating system"),
    "Version": QT_TRANSLATE_NOOP("Facts", "Version"),
    "Architecture": QT_TRANSLATE_NOOP("Facts", "Architecture"),
    "Running for": QT_TRANSLATE_NOOP("Facts", "Running for"),
    "User": QT_TRANSLATE_NOOP("Facts", "User"),
    "Home folder": QT_TRANSLATE_NOOP("Facts", "Home folder"),
    "Model": QT_TRANSLATE_NOOP("Facts", "Model"),
    "Logical processors": QT_TRANSLATE_NOOP("Facts", "Logical processors"),
    "Installed": QT_TRANSLATE_NOOP("Facts", "Installed"),
    "Available": QT_TRANSLATE_NOOP("Facts", "Available"),
    "Swap": QT_TRANSLATE_NOOP("Facts", "Swap"),
    "Swap free": QT_TRANSLATE_NOOP("Facts", "Swap free"),
    "Page file": QT_TRANSLATE_NOOP("Facts", "Page file"),
    "IPv4 address": QT_TRANSLATE_NOOP("Facts", "IPv4 address"),
    "Nothing could be read": QT_TRANSLATE_NOOP("Facts", "Nothing could be read"),
    "IPv6 address": QT_TRANSLATE_NOOP("Facts", "IPv6 address"),
}
_NAMED_BY_THE_DEVICE = frozenset({"Disks", "Services", "Processes"})
"""Sections in which the names come from the device: a service called *User* stays as it is."""

_FREE = re.compile(r"(.+) free of (.+)")


def translated(fact: Fact) -> Fact:
    """Return *fact* with the words that are known in the language of the screens.

    Line breaks and the like, which the applet may have sent, are made harmless.
    """
    name, value = fact.name, fact.value
    # A line without a value is about its section.
    if fact.section not in _NAMED_BY_THE_DEVICE or not value:
        name = _text(_NAMES, name)
    if fact.section == "Disks" and (found := _FREE.fullmatch(value)):
        value = QCoreApplication.translate("Facts", "{0} free of {1}").format(found[1], found[2])
    section = _text(_SECTIONS, fact.section)
    return msgspec.structs.replace(fact, section=line(section), name=line(name), value=line(value))


def _text(known: dict[str, object], word: str) -> str:
    found = known.get(word)
    return word if found is None else QCoreApplication.translate("Facts", str(found))
