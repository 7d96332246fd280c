"""What the built program says of its parts: each that is in it, no other, and the bill of materials agrees."""

import json
import re
import shutil
from importlib.metadata import distribution
from pathlib import Path

import metadata
import pytest
import sbom


def site_packages(module: str) -> tuple[str, str, str]:
    return (module, f"/env/lib/site-packages/{module.replace('.', '/')}.py", "PYMODULE")


def test_every_package_in_the_bundle_brings_its_licence_and_no_trace_of_where_it_was_installed() -> None:
    entries = metadata.of([site_packages("msgspec._core"), site_packages("click.core"), ("os", "/usr/lib/os.py", "")])

    names = {Path(target).name for target, _, _ in entries}
    packages = {re.split(r"-\d", target)[0] for target, _, _ in entries}
    assert packages == {"click", "msgspec", "rehab_coach"}
    assert "METADATA" in names
    assert any("LICENSE" in target for target, _, _ in entries if target.startswith("msgspec"))
    assert names & {"RECORD", "INSTALLER", "direct_url.json"} == set()


def test_a_package_that_nobody_asked_for_ends_the_build() -> None:
    with pytest.raises(SystemExit, match="pytest came along"):
        metadata.of([site_packages("pytest")])


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with two packages in it."""
    for name in ("msgspec", "PySide6-Essentials"):
        known = distribution(name)
        [folder] = {Path(str(known.locate_file(file))).parent for file in known.files or () if file.name == "METADATA"}
        shutil.copytree(folder, tmp_path / "_internal" / folder.name)
    return tmp_path


def test_the_bill_names_each_part_its_version_and_the_hashes_of_the_lock(built: Path) -> None:
    bill = sbom.bill(built)

    parts = {one["name"]: one for one in bill["components"]}
    assert set(parts) == {"msgspec", "pyside6-essentials", "python", "qt", "sqlite"}
    assert parts["msgspec"]["purl"] == f"pkg:pypi/msgspec@{distribution('msgspec').version}"
    assert parts["qt"]["version"] == parts["pyside6-essentials"]["version"]
    [source] = parts["msgspec"]["externalReferences"]
    assert len(source["hashes"]) > 5
    assert {one["bom-ref"] for one in parts.values()} == set(bill["dependencies"][0]["dependsOn"])
    json.dumps(bill)
