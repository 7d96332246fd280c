"""What of Qt, Python and the system goes into the built program: the one list, read by coach.spec and by the tests.

Everything that is not named stays out, so that a newer Qt brings nothing in by itself.
"""

from pathlib import PurePosixPath

QT_MODULES = frozenset(
    {"QtCore", "QtGui", "QtMultimedia", "QtNetwork", "QtPrintSupport", "QtSvg", "QtTextToSpeech", "QtWidgets"}
)
"""The bindings that the program imports (tests/packaging/test_bundle.py looks)."""

FOR_PYQTGRAPH = frozenset({"QtOpenGL", "QtOpenGLWidgets"})
"""Bindings that pyqtgraph imports, although nothing here is drawn with OpenGL."""

QT_LIBRARIES = (
    QT_MODULES | FOR_PYQTGRAPH | {"QtConcurrent", "QtDBus", "QtWaylandClient", "QtXcbQpa", "QtWlShellIntegration"}
)
"""What those, and the plugins below, link."""

PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qico", "qjpeg", "qsvg"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qcocoa", "qminimal", "qoffscreen", "qwayland", "qwindows", "qxcb"},
    "platformthemes": {"qxdgdesktopportal"},
    "printsupport": {"cupsprintersupport"},
    "styles": {"qmacstyle", "qmodernwindowsstyle"},
    "texttospeech": {"qtexttospeech_darwin", "qtexttospeech_sapi", "qtexttospeech_speechd", "qtexttospeech_winrt"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": {"qxcb-egl-integration", "qxcb-glx-integration"},
}
"""Qt's plugins by folder, without `lib` and ending. The voice that says nothing (`mock`) is not among them, nor is
FFmpeg: cues are plain WAV, which QtMultimedia reads by itself."""

FFMPEG = frozenset({"avcodec", "avformat", "avutil", "swresample", "swscale"})

BEGINNINGS = (
    "coach.cli.main",
    "coach.devices.player",
    "coach.ui.application",
    "coach.ui.charts.pain_plot",
    "coach.ui.screens.progress",
    "coach.ui.selftest",
    "coach.ui.sounder",
    "coach.ui.voice",
)
"""Modules that are imported by name while the program runs, or in a process of their own."""

EXCLUDED = (
    "tkinter", "_tkinter", "idlelib", "lib2to3", "ensurepip", "pydoc_data", "turtledemo", "test", "unittest", "doctest",
    "curses", "sqlite3.test", "ssl", "_ssl", "_hashlib", "readline",
    "pip", "setuptools", "pkg_resources", "wheel", "_distutils_hack", "distutils",
    "numpy.f2py", "numpy.distutils", "numpy.testing", "numpy.tests",
    "pyqtgraph.examples", "pyqtgraph.opengl", "pyqtgraph.jupyter", "pyqtgraph.console",
    "OpenGL", "scipy", "matplotlib", "h5py", "cupy", "numba", "IPython", "pandas", "PIL", "cryptography",
)  # fmt: skip
"""Modules that something mentions and nothing of this program needs. Without `ssl` and OpenSSL nothing of it could
speak to the network encrypted; `hashlib` has its own digests."""

SYSTEM_LIBRARIES = (
    "libpython",
    "libffi",
    "libsqlite3",
    "libz.",
    "libbz2",
    "liblzma",
    "libexpat",
    "libmpdec",
    "libuuid",
)
"""What Python itself links. Every other library of the build machine stays out: the package declares it."""


def plugin_name(file: str) -> str:
    """`qxcb` of `libqxcb.so`, `qxcb.dll`, `libqxcb.dylib`."""
    return file.split(".", maxsplit=1)[0].removeprefix("lib")


def library_name(file: str) -> str:
    """`QtCore` of `libQt6Core.so.6`, `Qt6Core.dll`, `QtCore`; as it is, without ending, if it is none of Qt's."""
    stem = file.split(".", maxsplit=1)[0].removeprefix("lib")
    return "Qt" + stem.removeprefix("Qt6") if stem.startswith("Qt6") else stem


def keeps(target: str) -> bool:
    """Whether a file that PyInstaller found for `target` (a path inside the bundle) goes in."""
    path = PurePosixPath(target.replace("\\", "/"))
    if len(path.parts) == 1:  # beside Python's own libraries lie links to Qt's
        return _keeps_library(path.name)
    if path.parts[0] != "PySide6":
        return True
    if "plugins" in path.parts:
        folder = path.parts[path.parts.index("plugins") + 1]
        return plugin_name(path.name) in PLUGINS.get(folder, ())
    if {"qml", "translations", "resources", "libexec", "metatypes"} & set(path.parts):
        return False
    if path.name.startswith("Qt") and path.suffix in (".pyd", ".so"):  # a binding
        return path.name.split(".")[0] in QT_MODULES | FOR_PYQTGRAPH
    return _keeps_library(path.name)


def _keeps_library(file: str) -> bool:
    name = library_name(file)
    if name.startswith("Qt"):
        return name in QT_LIBRARIES
    return name not in FFMPEG


def is_the_systems(target: str, source: str, own: tuple[str, ...]) -> bool:
    """Whether a library comes from the build machine's system, and is none that Python links; `own` are our folders."""
    if not source.startswith(("/lib", "/usr/lib", "/usr/local/lib")) or source.startswith(own):
        return False
    return not PurePosixPath(target).name.startswith(SYSTEM_LIBRARIES)
