"""Makes the Debian package of a built program (`make package`); the same folder gives the same bytes.

python packaging/deb.py BUILT ICONS OUT
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import changelog
import identity

LINUX = identity.ROOT / "packaging" / "linux"
HOME = Path("usr/lib") / identity.NAME
_GLIBC = re.compile(rb"GLIBC_2\.(\d+)")
_PYSIDE_ASKS = 34
"""PySide6 6.11 is built for glibc 2.34."""
SYNOPSIS = "guided rehab sessions and a pain log for runners with a sore hip"


def make(built: Path, icons: Path, out: Path) -> Path:
    """Write `rehab-coach_VERSION_ARCHITECTURE.deb` into `out`."""
    architecture = _said("dpkg", "--print-architecture")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(built, root / HOME, symlinks=True)
        _link(root / "usr/bin/coach", Path("..") / HOME.relative_to("usr") / "coach")
        _add_desktop(root, icons)
        _add_documents(root)
        _settle(root)
        _write(root / "DEBIAN/control", _control(root, architecture))
        _write(root / "DEBIAN/md5sums", _sums(root))
        deb = out / f"{identity.NAME}_{identity.VERSION}_{architecture}.deb"
        out.mkdir(parents=True, exist_ok=True)
        subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(deb)], check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
    return deb


def _add_desktop(root: Path, icons: Path) -> None:
    share = root / "usr/share"
    _copy(LINUX / f"{identity.APP_ID}.desktop", share / "applications")
    _copy(LINUX / f"{identity.APP_ID}.mime.xml", share / "mime/packages", f"{identity.APP_ID}.xml")
    _write(share / f"metainfo/{identity.APP_ID}.metainfo.xml", changelog.metainfo())
    for name, kind, called in (("app", "apps", identity.APP_ID), ("routine", "mimetypes", identity.FILE_ICON)):
        for picture in sorted(icons.glob(f"{name}-*.png")):
            size = picture.stem.rpartition("-")[2]
            _copy(picture, share / f"icons/hicolor/{size}x{size}/{kind}", f"{called}.png")
    _copy(identity.ROOT / "assets/icons/app.svg", share / "icons/hicolor/scalable/apps", f"{identity.APP_ID}.svg")
    _copy(LINUX / "routine.svg", share / "icons/hicolor/scalable/mimetypes", f"{identity.FILE_ICON}.svg")


def _add_documents(root: Path) -> None:
    documents = root / "usr/share/doc" / identity.NAME
    _copy(LINUX / "copyright", documents)
    _pack(documents / "changelog.gz", changelog.debian())
    _pack(root / "usr/share/man/man1/coach.1.gz", _manual())
    _copy(LINUX / "lintian-overrides", root / "usr/share/lintian/overrides", identity.NAME)


def _manual() -> str:
    day = changelog.build_time().date()
    text = (LINUX / "coach.1").read_text(encoding="utf-8")
    return text.replace("@DAY@", str(day)).replace("@VERSION@", identity.VERSION)


def _control(root: Path, architecture: str) -> str:
    setup = identity.ROOT / "packaging" / "setup.sh"
    size = sum(path.lstat().st_size for path in root.rglob("*")) // 1024
    fields = {
        "Package": identity.NAME,
        "Version": identity.VERSION,
        "Architecture": architecture,
        "Maintainer": identity.MAINTAINER,
        "Installed-Size": str(size),
        "Depends": f"libc6 (>= {_c_library(root)}), libstdc++6, {_said(str(setup), 'needs')}",
        "Recommends": _said(str(setup), "suggests"),
        "Section": "science",
        "Priority": "optional",
        "Homepage": identity.HOMEPAGE,
        "Description": f"{SYNOPSIS}\n{_description()}",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _c_library(root: Path) -> str:
    """The oldest C library that has every symbol asked for: PySide6's, and that of the system which built it."""
    asked = {
        int(number) for path in root.rglob("*.so*") if path.is_file() for number in _GLIBC.findall(path.read_bytes())
    }
    return f"2.{max(asked, default=_PYSIDE_ASKS)}"


def _description() -> str:
    return (
        " Rehab Coach leads through stretch and strength sessions with timers, sound\n"
        " and a voice, keeps a log of pain, runs and self-tests on this computer\n"
        " alone, and says whether the criteria to resume running are met. Routines of\n"
        " a physiotherapist come as one file.\n"
        " .\n"
        " Not a medical device: it makes no diagnosis and takes no clinician's place."
    )


# -- files ----------------------------------------------------------------------------------------------------------


def _copy(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    _date(path)


def _pack(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def _settle(root: Path) -> None:
    """Give everything the modes that Debian asks for, and one date."""
    for path in sorted(root.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == root / HOME / "coach" else 0o644)
        _date(path)
    root.chmod(0o755)


def _date(path: Path) -> None:
    at = changelog.build_time().timestamp()
    os.utime(path, (at, at), follow_symlinks=False)


def _sums(root: Path) -> str:
    import hashlib

    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    kept = [path for path in files if "DEBIAN" not in path.parts]
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}\n"
        for path in kept
    )


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    print(make(*map(Path, sys.argv[1:4])))
