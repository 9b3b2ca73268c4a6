"""One picture of the customer's screen, for the clipboard or a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from rescue_console.desktop.program.jobs import Jobs
from rescue_console.desktop.words.status import customer_name
from rescue_console.desktop.workspace.screen.save_dialog import save_dialog

if TYPE_CHECKING:
    from rescue_console.desktop.workspace.screen.viewing import Viewing
    from rescue_console.desktop.workspace.section.situation import Situation


class StillPicture(QObject):
    """Copies or saves what the engine shows at the moment of the click.

    Signals:
        said: The outcome, in words.
    """

    said = Signal(str)

    def __init__(
        self, situation: Situation, viewing: Viewing, jobs: Jobs, section: QWidget
    ) -> None:
        super().__init__(section)
        self._situation = situation
        self._viewing = viewing
        self._jobs = jobs

    def copy(self) -> None:
        """Put the picture into the clipboard."""
        self._jobs.start(self._copy(), "copy a picture")

    def save(self) -> None:
        """Ask where to save the picture, and save it."""
        self._jobs.start(self._begin_saving(), "keep a picture")

    async def _copy(self) -> None:
        image = await self._still()
        if image is not None:
            QGuiApplication.clipboard().setImage(image)
            self.said.emit(self.tr("The picture is in the clipboard."))

    async def _still(self) -> QImage | None:
        engine = self._viewing.engine
        return await engine.still() if engine is not None else None

    async def _begin_saving(self) -> None:
        """Ask where to save the picture of this moment, however long the answer takes."""
        image = await self._still()
        if image is None:
            return
        section = self.parent()
        assert isinstance(section, QWidget)
        dialog = save_dialog(
            section,
            QStandardPaths.StandardLocation.PicturesLocation,
            customer_name(self._situation.session),
            ".png",
            self.tr("Pictures (*.png)"),
        )
        dialog.fileSelected.connect(
            lambda name: self._jobs.start(self._save(image, Path(name)), "save a picture")
        )
        dialog.open()

    async def _save(self, image: QImage, path: Path) -> None:
        # Compressing a large screen takes longer than a window may block.
        if await Jobs.in_thread(image.save, str(path)):
            self.said.emit(self.tr("The picture was saved: {0}").format(path))
        else:
            self.said.emit(self.tr("The picture could not be saved: {0}").format(path))
