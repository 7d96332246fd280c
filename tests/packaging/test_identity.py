"""One name, one version, one app id: every file of every system that repeats them says the same."""

import ast
import configparser
import plistlib
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import bundle_info
import changelog
import deb
import identity
import pytest
import version_info

import coach
from coach.ui.application import APP_ID

PACKAGING = Path(__file__).parents[2] / "packaging"
LINUX = PACKAGING / "linux"
ISS = (PACKAGING / "windows" / "rehab-coach.iss").read_text(encoding="utf-8")
FLATPAK = (PACKAGING / "flatpak" / f"{APP_ID}.yml").read_text(encoding="utf-8")
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def desktop() -> dict[str, str]:
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # keys keep their capitals
    parser.read(LINUX / f"{APP_ID}.desktop", encoding="utf-8")
    return dict(parser["Desktop Entry"])


def metainfo() -> ET.Element:
    return ET.fromstring(changelog.metainfo())


def test_name_and_version_are_those_of_the_package() -> None:
    assert coach.__version__ == identity.VERSION
    assert identity.APP_ID == APP_ID
    assert re.fullmatch(r"\d+\.\d+\.\d+", identity.VERSION)


def test_no_file_but_the_package_names_the_version() -> None:
    said = [
        str(path.relative_to(PACKAGING))
        for path in PACKAGING.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and f'"{identity.VERSION}"' in path.read_text("utf-8")
    ]

    assert said == []


def test_the_desktop_entry_opens_routine_files_with_the_program() -> None:
    entry = desktop()

    assert entry["Exec"] == "coach %f"
    assert entry["Icon"] == entry["StartupWMClass"] == APP_ID
    assert entry["MimeType"] == f"{identity.MEDIA_TYPE};"
    assert entry["Name"] == identity.TITLE


def test_the_mime_type_is_json_and_takes_no_other_json_over() -> None:
    [kind] = ET.parse(LINUX / f"{APP_ID}.mime.xml").getroot()

    assert kind.get("type") == identity.MEDIA_TYPE
    assert [one.get("type") for one in kind.iter(f"{MIME}sub-class-of")] == ["application/json"]
    assert [one.get("pattern") for one in kind.iter(f"{MIME}glob")] == ["*.rehab.json"]
    assert [one.get("name") for one in kind.iter(f"{MIME}icon")] == [identity.FILE_ICON]


def test_the_metainfo_says_what_it_is_and_that_it_is_no_medical_device() -> None:
    told = metainfo()

    assert told.findtext("id") == APP_ID
    assert told.findtext("launchable") == f"{APP_ID}.desktop"
    assert told.findtext("provides/mediatype") == identity.MEDIA_TYPE
    assert told.findtext("summary") == desktop()["Comment"]
    assert "Not a medical device" in " ".join(told.itertext())
    assert next(one.get("version") for one in told.iter("release")) == identity.VERSION


@pytest.mark.parametrize(
    "command",
    [
        ["desktop-file-validate", str(LINUX / f"{APP_ID}.desktop")],
        ["appstreamcli", "validate", "--no-net", "METAINFO"],
    ],
    ids=["desktop entry", "metainfo"],
)
def test_the_desktops_own_tools_agree_where_they_are(command: list[str], tmp_path: Path) -> None:
    if shutil.which(command[0]) is None:
        return  # make package asks for them
    file = tmp_path / f"{APP_ID}.metainfo.xml"
    file.write_text(changelog.metainfo(), encoding="utf-8")

    done = subprocess.run(
        [str(file) if part == "METAINFO" else part for part in command], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_debian_package_names_what_it_needs_in_the_words_of_the_set_up(tmp_path: Path) -> None:
    control = deb._control(tmp_path, "amd64")

    fields = dict(line.split(": ", 1) for line in control.splitlines() if not line.startswith(" "))
    assert fields["Package"] == identity.NAME
    assert fields["Version"] == identity.VERSION
    assert "libc6 (>= 2.34)" in fields["Depends"]
    assert {"libegl1", "libxcb-cursor0", "speech-dispatcher", "libpulse0"} <= set(fields["Depends"].split(", "))
    assert "libglib2.0-0t64 | libglib2.0-0" in fields["Depends"]
    assert "alsa-utils" in fields["Recommends"]


def test_the_debian_changelog_is_ours_in_its_form() -> None:
    first, *rest = changelog.debian().splitlines()

    points = [line for line in rest if line.startswith("  ")]
    assert first == f"{identity.NAME} ({identity.VERSION}) stable; urgency=medium"
    assert points
    assert max(map(len, points)) <= 78
    assert rest[-1].startswith(f" -- {identity.MAINTAINER}  ")


def test_windows_offers_the_program_for_json_and_never_takes_it_over() -> None:
    registry = [line for line in ISS.splitlines() if line.startswith("Root:")]
    json = [line for line in registry if r"Classes\.json" in line]

    assert len(json) == 1
    assert r"\.json\OpenWithProgids" in json[0]
    assert "uninsdeletevalue" in json[0]
    assert all(line.startswith("Root: HKA;") for line in registry)
    assert any(r'shell\open\command"' in line and '""{app}\\coach.exe"" ""%1""' in line for line in registry)


def test_the_installer_is_for_one_user_and_reads_the_version_where_it_stands() -> None:
    assert "PrivilegesRequired=lowest" in ISS
    assert "ChangesAssociations=yes" in ISS
    assert f'#define AppId "{APP_ID}"' in ISS
    assert r"coach\__init__.py" in ISS
    assert f'#define Built Root + "\\dist\\{identity.NAME}"' in ISS
    [needle, cut] = re.findall(r"Pos\('(.+?)', Line\)|Copy\(Line, (\d+),", ISS)
    line = f'__version__ = "{identity.VERSION}"'
    assert line.startswith(needle[0])
    assert line[int(cut[1]) - 1 : -1] == identity.VERSION


def test_the_version_resource_of_windows_can_be_read() -> None:
    tree = ast.parse(version_info.text("coach"), mode="eval")

    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert identity.VERSION in strings
    assert "coach.exe" in strings


def test_the_flatpak_has_no_network_and_no_folder_of_the_persons() -> None:
    permissions = re.findall(r"^  - (--\S+)", FLATPAK, re.MULTILINE)

    assert f"app-id: {APP_ID}" in FLATPAK
    assert "--share=network" not in FLATPAK
    assert [
        one for one in permissions if one.startswith(("--filesystem=home", "--filesystem=host", "--device=all"))
    ] == []
    assert "--socket=pulseaudio" in permissions
    for named in re.findall(r"(packaging/\S+|assets/\S+)", FLATPAK):
        path = named.replace("${FLATPAK_ID}", APP_ID)
        assert (PACKAGING.parent / path).exists(), path


def test_every_command_of_the_flatpak_is_text_and_not_a_mapping() -> None:
    """YAML takes a bare `: ` for one, and flatpak-builder drops it without a word."""
    items = re.findall(r"^ +- (.+)$", FLATPAK, re.MULTILINE)

    bare = [item for item in items if ": " in item and not item.startswith('"')]
    assert [item for item in bare if not re.match(r"(name|type): ", item)] == []


def test_macos_owns_routine_files_and_is_offered_for_json(tmp_path: Path) -> None:
    info = bundle_info.info()
    routine, json = info["CFBundleDocumentTypes"]

    [kind] = info["UTExportedTypeDeclarations"]
    assert routine["LSHandlerRank"] == "Owner"
    assert routine["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    assert json["LSHandlerRank"] == "Alternate"
    assert kind["UTTypeConformsTo"] == ["public.json"]
    assert kind["UTTypeTagSpecification"]["public.mime-type"] == [identity.MEDIA_TYPE]
    assert info["CFBundleShortVersionString"] == identity.VERSION
    assert re.fullmatch(r"[A-Za-z0-9.-]+", info["CFBundleIdentifier"])
    plistlib.dumps(info)
