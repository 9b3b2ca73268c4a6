"""The build compiles forms, translations and resources: only what changed, completely or not."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

from tests.stage.checkout import ROOT

pytestmark = pytest.mark.starts_programs

FORMS = Path("rescue_console", "desktop", "hall")
FORM = """<ui version="4.0"><class>Door</class><widget class="QWidget" name="Door">
<property name="windowTitle"><string>{title}</string></property></widget></ui>"""
FRENCH = """<!DOCTYPE TS><TS version="2.1" language="fr_FR"><context><name>Door</name><message>
<source>Front door</source><translation>Porte</translation></message></context></TS>"""
RESOURCES = """<RCC><qresource prefix="/i18n">
<file alias="words.ts">translations/door_fr.ts</file></qresource></RCC>"""


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def build() -> ModuleType:
    """The build hook, loaded from its path as the build back end does."""
    return load(ROOT / "resources" / "hatch_build.py")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A checkout with one form, one translation and the resource file that carries it."""
    (tmp_path / "ui" / "hall").mkdir(parents=True)
    (tmp_path / "resources" / "translations").mkdir(parents=True)
    write_form(tmp_path, "Front door")
    (tmp_path / "resources" / "translations" / "door_fr.ts").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "resources" / "resources.qrc").write_text(RESOURCES, encoding="utf-8")
    return tmp_path


def write_form(house: Path, title: str) -> None:
    (house / "ui" / "hall" / "door.ui").write_text(FORM.format(title=title), encoding="utf-8")


def compiled(build: ModuleType, house: Path) -> list[str]:
    return [path.name for path in build.compile_all(house)]


def test_form_translation_and_resources_are_compiled(build: ModuleType, house: Path) -> None:
    assert compiled(build, house) == ["ui_door.py", "door_fr.qm", "resources_rc.py"]

    forms = house / FORMS
    assert 'translate("Door", u"Front door"' in (forms / "ui_door.py").read_text("utf-8")
    resources = load(house / build.RESOURCES)
    translator = QTranslator()
    assert translator.load(":/translations/door_fr.qm")
    assert translator.translate("Door", "Front door") == "Porte"
    resources.qCleanupResources()


def test_what_is_up_to_date_is_left_alone(build: ModuleType, house: Path) -> None:
    build.compile_all(house)

    assert compiled(build, house) == []


def test_only_what_changed_is_compiled_again(build: ModuleType, house: Path) -> None:
    build.compile_all(house)
    write_form(house, "Back door")

    assert compiled(build, house) == ["ui_door.py"]


def test_a_changed_translation_is_carried_into_the_resources(
    build: ModuleType, house: Path
) -> None:
    build.compile_all(house)
    french = FRENCH.replace("Porte", "Entrée")
    (house / "resources" / "translations" / "door_fr.ts").write_text(french, encoding="utf-8")

    assert compiled(build, house) == ["door_fr.qm", "resources_rc.py"]


def test_a_lost_result_is_made_again_despite_a_damaged_record(
    build: ModuleType, house: Path
) -> None:
    build.compile_all(house)
    (house / build.RECORD).write_text("{", encoding="utf-8")
    (house / FORMS / "ui_door.py").unlink()

    assert "ui_door.py" in compiled(build, house)


def test_a_bad_form_is_reported_and_the_last_good_result_stays(
    build: ModuleType, house: Path
) -> None:
    build.compile_all(house)
    good = (house / FORMS / "ui_door.py").read_text("utf-8")
    (house / "ui" / "hall" / "door.ui").write_text("<ui><class>Door", encoding="utf-8")

    with pytest.raises(build.CompileFailed, match=r"door\.ui: uic says: .*line 1"):
        build.compile_all(house)

    assert (house / FORMS / "ui_door.py").read_text("utf-8") == good
    assert not list((house / FORMS).glob(".compiling-*"))


def test_the_result_of_a_removed_form_is_removed(build: ModuleType, house: Path) -> None:
    build.compile_all(house)
    (house / "ui" / "hall" / "door.ui").unlink()

    build.compile_all(house)

    assert not (house / FORMS / "ui_door.py").exists()


def test_a_new_translation_is_carried_without_being_listed(build: ModuleType, house: Path) -> None:
    build.compile_all(house)
    german = FRENCH.replace("fr_FR", "de_DE").replace("Porte", "Tür")
    (house / "resources" / "translations" / "door_de.ts").write_text(german, encoding="utf-8")

    assert compiled(build, house) == ["door_de.qm", "resources_rc.py"]
    resources = load(house / build.RESOURCES)
    translator = QTranslator()
    assert translator.load(":/translations/door_de.qm")
    assert translator.translate("Door", "Front door") == "Tür"
    resources.qCleanupResources()


def test_a_resource_file_that_is_not_xml_is_reported(build: ModuleType, house: Path) -> None:
    (house / "resources" / "resources.qrc").write_text("<RCC", encoding="utf-8")

    with pytest.raises(build.CompileFailed, match=r"resources\.qrc: unclosed token"):
        build.compile_all(house)


def test_a_listed_file_that_is_missing_is_reported(build: ModuleType, house: Path) -> None:
    listed = RESOURCES.replace("</qresource>", "<file>icons/bell.svg</file></qresource>")
    (house / "resources" / "resources.qrc").write_text(listed, encoding="utf-8")

    with pytest.raises(build.CompileFailed, match=r"bell\.svg, which does not exist"):
        build.compile_all(house)


def test_a_checkout_without_forms_and_resources_is_no_error(
    build: ModuleType, tmp_path: Path
) -> None:
    assert compiled(build, tmp_path) == []


def test_a_package_for_a_server_is_built_without_qt_and_without_forms(
    build: ModuleType, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "qt_folder", lambda: None)
    hook = build.FormsBuildHook(str(house), {}, None, None, str(house), "wheel")

    hook.initialize("standard", {})

    assert not (house / build.RESOURCES).exists()


def test_asking_for_forms_without_qt_is_an_error(
    build: ModuleType, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "qt_folder", lambda: None)

    with pytest.raises(build.CompileFailed, match="PySide6 is not installed"):
        build.compile_all(house)
