"""Programs that say when their first window can be used: ``python -m benchmarks.first_paint WHAT``.

``bare`` is an empty PySide6 window, ``console`` the technician console with its sign-in window.
Each writes ``usable`` once its window has been painted and its event loop has come round again.
"""

import sys


def bare() -> int:
    """Show an empty window, which is the least that any program with a window must do."""
    from PySide6.QtWidgets import QApplication, QWidget

    from benchmarks.usable import Usable

    app = QApplication([])
    usable = Usable(app)
    window = QWidget()
    window.show()
    status = app.exec()
    del usable, window
    return status


def console() -> int:
    """Run the real program, watched from the moment its event loop starts."""
    from rescue_console.desktop.program.command_line import read_options

    options = read_options([])
    from PySide6.QtWidgets import QApplication

    from benchmarks.usable import Usable
    from rescue_console.desktop import app

    class WatchedApp(app.App):
        async def run(self) -> None:
            running = QApplication.instance()
            assert running is not None
            self.usable = Usable(running)
            await super().run()

    app.App = WatchedApp  # type: ignore[misc]
    return app.run(options)


if __name__ == "__main__":
    raise SystemExit({"bare": bare, "console": console}[sys.argv[1]]())
