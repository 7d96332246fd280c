"""The Info.plist of the bundle for macOS: what it is, and which files open it. Not run yet (docs/packaging.md)."""

from typing import Any

import identity

LEAST_SYSTEM = "13.0"
"""The oldest that Qt 6.11 runs on."""


def info() -> dict[str, Any]:
    """What PyInstaller merges into its own."""
    return {
        "CFBundleName": identity.TITLE,
        "CFBundleDisplayName": identity.TITLE,
        "CFBundleIdentifier": bundle_id(),
        "CFBundleShortVersionString": identity.VERSION,
        "CFBundleVersion": identity.VERSION,
        "LSApplicationCategoryType": "public.app-category.healthcare-fitness",
        "LSMinimumSystemVersion": LEAST_SYSTEM,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "Apache License 2.0. Not a medical device.",
        # The files of others stay theirs: JSON is offered under “Open with” alone.
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Rehab Coach routine",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "routine.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [routine_type()],
            },
            {
                "CFBundleTypeName": "JSON",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.json"],
            },
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": routine_type(),
                "UTTypeDescription": "Rehab Coach routine",
                "UTTypeConformsTo": ["public.json"],
                "UTTypeIconFile": "routine.icns",
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["rehab.json"],
                    "public.mime-type": [identity.MEDIA_TYPE],
                },
            }
        ],
    }


def bundle_id() -> str:
    """The app id as Apple takes it: without underscores."""
    return identity.APP_ID.replace("_", "-")


def routine_type() -> str:
    """The uniform type of a routine file."""
    return f"{bundle_id()}.routine"
