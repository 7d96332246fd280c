"""What each package in the built program says of itself, licence included; and that nothing else came along."""

from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

from coach.app.licences import OWN, closure

Entry = tuple[str, str, str]
"""As PyInstaller has it: where in the bundle, from where, what kind."""


def of(code: list[Entry]) -> list[Entry]:
    """The metadata of every package that has code in the bundle.

    Ends the build if code is there that nobody asked for: an environment that is not clean, or an optional part.
    """
    asked = closure()
    by_module = packages_distributions()
    found: dict[str, Distribution] = {OWN: distribution(OWN)}
    for name in sorted({_top(target) for target, source, _ in code if "site-packages" in source}):
        owners = by_module.get(name, [])
        wanted = [owner for owner in owners if _plain(owner) in asked]
        if owners and not wanted and "PyInstaller" not in name:
            raise SystemExit(f"{name} came along, and nothing asks for {', '.join(owners)}: see packaging/bundle.py")
        found |= {_plain(owner): asked[_plain(owner)] for owner in wanted}
    return sorted(entry for one in found.values() for entry in _files(one))


def _top(target: str) -> str:
    return target.replace("\\", "/").split("/", maxsplit=1)[0].split(".", maxsplit=1)[0]


def _plain(name: str) -> str:
    return name.replace("_", "-").replace(".", "-").lower()


def _files(one: Distribution) -> list[Entry]:
    """METADATA and the licences: not RECORD, which tells of files that are not there, nor where it was installed."""
    folder = next(Path(str(one.locate_file(file))).parent for file in one.files or () if file.name == "METADATA")
    listed = [folder / "METADATA", folder / "entry_points.txt"]
    for file in one.metadata.get_all("License-File") or ():
        listed += [folder / "licenses" / file, folder / file]
    return [(str(path.relative_to(folder.parent)), str(path), "DATA") for path in listed if path.is_file()]
