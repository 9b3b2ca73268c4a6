"""A program on the customer's screen: a page to write on, which is saved at every change.

``python -m tests.stage.customers.notepad FILE GEOMETRY`` runs until it is terminated. The file
holds the text of the page, without the final newline that Tk adds.
"""

import sys
import tkinter
from pathlib import Path

COLOUR = "#20a060"
"""The colour of the page's frame, which nothing else on the screen has."""


def main(file: Path, geometry: str) -> None:
    """Show the page, and save it to *file* at every change."""
    root = tkinter.Tk()
    root.title("Notepad")
    root.geometry(geometry)
    root.configure(background=COLOUR)
    page = tkinter.Text(root, font=("TkFixedFont", 12), wrap="word")
    page.pack(fill="both", expand=True, padx=20, pady=20)
    unfinished = file.with_suffix(".unfinished")

    def save(_event: object = None) -> None:
        unfinished.write_text(page.get("1.0", "end-1c"), "utf-8")
        unfinished.replace(file)
        page.edit_modified(False)

    page.bind("<<Modified>>", save)
    save()
    root.mainloop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
