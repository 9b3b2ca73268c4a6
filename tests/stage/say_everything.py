"""Prints every text of a checkout in one language: ``python -P say_everything.py CODE``.

It runs as a program of its own, with the checkout's packages first in the path, and prints what
each room shows as JSON. Standard input lists the texts by room: keys, or for the desktop contexts,
sentences and comments.
"""

import json
import sys
from string import Formatter

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from rescue_console.applet.window.texts import Texts as AppletTexts
from rescue_console.applet.window.texts import system_language
from rescue_console.desktop.program import translation
from rescue_console.desktop.program.settings import LanguageChoice
from rescue_console.protocol.choices import Language
from rescue_console.protocol.languages import ENGLISH
from rescue_console.server.mail.languages import texts_in
from rescue_console.server.pages.assets import Assets
from rescue_console.server.pages.render import Pages
from rescue_console.texts.texts import Texts


def said(texts: Texts, english: Texts, key: str) -> str:
    """Return a text with 7 in each placeholder; if it has plural forms, the one for 2."""
    sentence = english.sentences[key]
    if isinstance(sentence, dict):
        return texts.counted(key, 2)
    places = {name: 7 for _, name, _, _ in Formatter().parse(sentence) if name}
    return texts(key, **places)


def main(language: Language, asked: dict[str, list[list[str]]]) -> dict[str, list[str]]:
    """Return what is shown for everything in *asked*."""
    app = QApplication([])
    assert translation.install(app, LanguageChoice(language)) == language
    applet = AppletTexts(system_language({"LANG": f"{language}.UTF-8"}))
    pages = Pages(Assets())
    return {
        "desktop": [
            QCoreApplication.translate(context, sentence, comment)
            for context, sentence, comment in asked["desktop"]
        ],
        "web": [said(pages.texts(language), pages.texts(ENGLISH), key) for [key] in asked["web"]],
        "mail": [said(texts_in(language), texts_in(ENGLISH), key) for [key] in asked["mail"]],
        "applet": [applet(key) for [key] in asked["applet"]],
        "names": [translation.language_name(spoken) for spoken in translation.spoken()],
        "pages": [page_of(pages, offered) for offered in pages.languages],
    }


def page_of(pages: Pages, language: Language) -> str:
    """Return the name of the language that the pages' texts for *language* are in."""
    return pages.texts(language)("language.name")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Language(sys.argv[1]), json.load(sys.stdin))))
