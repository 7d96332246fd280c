"""The version resource of coach.exe, which Explorer shows under Properties. Not run yet (docs/packaging.md)."""

import identity

LANGUAGE, UNICODE = 0x0409, 1200


def text(program: str) -> str:
    """The resource in the form that PyInstaller reads."""
    numbers = tuple([*map(int, identity.VERSION.split(".")), 0, 0, 0][:4])
    strings = {
        "CompanyName": "The Rehab Coach project",
        "FileDescription": identity.TITLE,
        "FileVersion": identity.VERSION,
        "InternalName": program,
        "LegalCopyright": "Apache License 2.0. Not a medical device.",
        "OriginalFilename": f"{program}.exe",
        "ProductName": identity.TITLE,
        "ProductVersion": identity.VERSION,
    }
    table = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, "
        "fileType=0x1, subtype=0x0, date=(0, 0)), kids=["
        f"StringFileInfo([StringTable('{LANGUAGE:04X}{UNICODE:04X}', [{table}])]), "
        f"VarFileInfo([VarStruct('Translation', [{LANGUAGE}, {UNICODE}])])])\n"
    )
