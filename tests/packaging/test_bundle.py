"""What goes into the built program: everything that is imported, and nothing else of Qt."""

import importlib.util
import re
from pathlib import Path

import bundle
import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [path.read_text(encoding="utf-8") for path in (ROOT / "coach").rglob("*.py")]


def test_every_part_of_qt_that_is_imported_goes_in_and_no_other() -> None:
    imported = {name for text in SOURCES for name in re.findall(r"from PySide6\.(\w+) import", text)}

    assert imported == bundle.QT_MODULES


def test_what_is_started_by_name_is_there() -> None:
    assert [name for name in bundle.BEGINNINGS if importlib.util.find_spec(name) is None] == []


def test_nothing_that_is_left_out_is_imported() -> None:
    imported = {
        name for text in SOURCES for name in re.findall(r"^\s*(?:from|import) ([A-Za-z_][\w.]*)", text, re.MULTILINE)
    }

    assert [name for name in imported if name.startswith(tuple(f"{one}." for one in bundle.EXCLUDED))] == []
    assert imported & set(bundle.EXCLUDED) == set()


@pytest.mark.parametrize(
    "target",
    [
        "PySide6/QtWidgets.abi3.so",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/libpyside6.abi3.so.6.11",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/texttospeech/libqtexttospeech_speechd.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "libQt6Core.so.6",
        "numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so",
        "coach/_bundled/assets/sounds/tick.wav",
    ],
)
def test_kept(target: str) -> None:
    assert bundle.keeps(target)


@pytest.mark.parametrize(
    "target",
    [
        "PySide6/QtQml.abi3.so",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/lib/libQt6Pdf.so.6",
        "PySide6/Qt/lib/libQt6VirtualKeyboard.so.6",
        "PySide6/Qt/lib/libavcodec.so.61",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/texttospeech/libqtexttospeech_mock.so",
        "PySide6/Qt/qml/QtQuick/libqtquick2plugin.so",
        "PySide6/Qt/translations/qt_de.qm",
        "libQt6Quick.so.6",
        "libavutil.so.59",
        "PySide6/Qt6WebEngineCore.dll",
    ],
)
def test_left_out(target: str) -> None:
    assert not bundle.keeps(target)


def test_the_systems_libraries_stay_with_the_system_but_for_those_of_python() -> None:
    lib = "/usr/lib/x86_64-linux-gnu/"

    assert bundle.is_the_systems("libxcb-cursor.so.0", lib + "libxcb-cursor.so.0", ("/venv",))
    assert not bundle.is_the_systems("libsqlite3.so.0", lib + "libsqlite3.so.0", ("/venv",))
    assert not bundle.is_the_systems(
        "python3.11/lib-dynload/_csv.so", "/usr/lib/python3.11/_csv.so", ("/usr/lib/python",)
    )
