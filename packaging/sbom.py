"""The bill of materials of a built program, as CycloneDX 1.6: every part, its version, its licence, where it came from.

python packaging/sbom.py BUILT OUT.cdx.json
"""

import json
import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

import changelog
import identity

LOCK = identity.ROOT / "requirements" / "run.txt"
Plain = dict[str, Any]


def bill(built: Path) -> Plain:
    """What lies in the folder: read from the metadata in it, with the hashes that the lock names for each package."""
    folder = built / "_internal"
    found = sorted(distributions(path=[str(folder)]), key=lambda one: one.name.lower())
    packages = [_package(one) for one in found if _plain(one.name) != identity.NAME]
    libraries = [_library(*known) for known in _libraries(folder)]
    own = {
        "type": "application",
        "bom-ref": identity.NAME,
        "name": identity.NAME,
        "version": identity.VERSION,
        "description": identity.TITLE,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": changelog.build_time().isoformat(), "component": own},
        "components": packages + libraries,
        "dependencies": [
            {"ref": identity.NAME, "dependsOn": sorted(one["bom-ref"] for one in packages + libraries)},
        ],
    }


def _package(one: Distribution) -> Plain:
    name = _plain(one.name)
    told = (one.metadata.get_all("License-Expression") or one.metadata.get_all("License") or [""])[0].strip()
    known: Plain = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{one.version}",
        "name": name,
        "version": one.version,
        "purl": f"pkg:pypi/{name}@{one.version}",
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{name}/{one.version}/",
                "comment": "one of these files",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in _locked(name)],
            }
        ],
    }
    if told:
        is_expression = "License-Expression" in one.metadata
        known["licenses"] = [{"expression": told} if is_expression else {"license": {"name": told.splitlines()[0]}}]
    return known


def _libraries(folder: Path) -> list[tuple[str, str, str]]:
    """What is no package: name, version, licence."""
    import platform

    qt = next(one.version for one in distributions(path=[str(folder)]) if _plain(one.name) == "pyside6-essentials")
    return [
        ("python", platform.python_version(), "PSF-2.0"),
        ("qt", qt, "LGPL-3.0-only"),
        ("sqlite", _sqlite(), "blessing"),
    ]


def _sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version


def _library(name: str, version: str, licence: str) -> Plain:
    return {
        "type": "library",
        "bom-ref": f"{name}@{version}",
        "name": name,
        "version": version,
        "licenses": [{"license": {"id": licence}}],
    }


def _locked(name: str) -> list[str]:
    text = LOCK.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if _plain(line.split("==", maxsplit=1)[0]) == name:
            return re.findall(r"--hash=sha256:([0-9a-f]{64})", line)
    return []


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    made = json.dumps(bill(Path(sys.argv[1])), indent=2, sort_keys=True) + "\n"
    Path(sys.argv[2]).write_text(made, encoding="utf-8")
