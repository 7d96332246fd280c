"""What failed, in words: what happened, what was kept, and what to do."""

import errno
from pathlib import Path

from coach.app.errors import (
    BeingReplaced,
    Busy,
    Damaged,
    Foreign,
    Missing,
    Newer,
    NoFile,
    NothingToDo,
    OwnFile,
    Reason,
    Refused,
    SessionUnderWay,
    Unavailable,
)
from coach.app.ports import Trouble, TroubleKind
from coach.words.translate import tr


def failure(error: Exception) -> str:
    """One or two sentences on why something could not be done."""
    match error:
        case NoFile(name=name):
            said = tr("{file} is not an ordinary file. Nothing was changed. Move it away, then try again.")
            return said.format(file=name)
        case Unavailable(reason=Reason.DISK_FULL):
            return tr("The disk is full. Nothing that was saved before is lost. Free some space, then try again.")
        case Unavailable(reason=Reason.PERMISSION):
            return tr("There is no permission to use the data folder. Nothing was changed. Check whose folder it is.")
        case Unavailable(reason=Reason.READ_ONLY):
            return tr("The data folder cannot be written to. Nothing was changed. The log can still be read.")
        case Unavailable(reason=Reason.IN_THE_WAY):
            return tr("A file is where the data folder should be. Nothing was changed. Move it, or change COACH_HOME.")
        case Unavailable(reason=Reason.LOCKED):
            return tr("Another program is using the log just now. Nothing was changed. Try again in a moment.")
        case Unavailable():
            return tr("The disk did not answer as it should. What was saved before is untouched. Try again.")
        case Newer(found=found, known=known):
            return tr(
                "This log was written by a newer version of Rehab Coach (format {found}; this one knows {known}). "
                "It was not touched. Update the program to open it."
            ).format(found=found, known=known)
        case Missing():
            return tr(
                "The log is gone, though there was one. Nothing was changed. Restore the newest copy from the folder "
                '"backups": Restore in Settings, or coach restore FILE'
            )
        case Damaged():
            return tr(
                "The log is damaged. It was not changed. Restore the newest copy from the folder "
                '"backups": Restore in Settings, or coach restore FILE'
            )
        case Foreign():
            return tr("This file is not a log of Rehab Coach. Nothing was changed.")
        case BeingReplaced():
            return tr("Your log is being replaced or removed just now. This was not saved; do it again in a moment.")
        case NothingToDo():
            return tr("There is nothing to do in this routine: every step of it is 0 s long. Nothing was changed.")
        case Refused():
            return tr("This does not fit the log and was not recorded. Nothing was changed.")
        case SessionUnderWay():
            return tr("A session is being guided in a terminal just now. End it first; nothing was changed.")
        case Busy():
            return tr("Rehab Coach's window is open. Close it first; nothing was changed.")
        case OwnFile():
            return tr(
                "{file} is the program's own: the log, a copy of one, or what it keeps beside it. Nothing was changed; "
                "name another file."
            ).format(file=error.filename)
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return failure(Unavailable(Reason.DISK_FULL))
        case OSError(errno=errno.EROFS) if error.filename:
            # Its folder: the name of the file is often that of a passing one.
            return tr("{folder} cannot be written to. Nothing was changed.").format(folder=Path(error.filename).parent)
        case BlockingIOError():
            return tr("{file} is being written by another program just now. Nothing was changed; try again.").format(
                file=error.filename or error
            )
        case FileExistsError():
            return tr("{file} is in the way. Nothing was changed.").format(file=error.filename or error)
        case FileNotFoundError():
            return tr("There is no such file: {file}").format(file=error.filename or error)
        case PermissionError():
            return tr("There is no permission for {file}.").format(file=error.filename or error)
        case OSError():
            reason = error.strerror or str(error)
            return tr("{file}: {reason}").format(file=error.filename, reason=reason) if error.filename else reason
        case _:
            return str(error)


def unheard_in_all(sound: Trouble | None, voice: Trouble | None, *, tones: bool) -> str:
    """What is not heard, as one truth: `tones` says whether any are heard. The session goes on."""
    if sound is not None and voice is not None:
        return {
            TroubleKind.NO_DEVICE: tr(
                "No sound device was found for tones and voice. The session goes on; the screen flashes at each cue."
            ),
            TroubleKind.NO_PLAYER: tr(
                "No sound player and no voice was found. The session goes on; the screen flashes at each cue."
            ),
        }.get(
            sound.kind,
            tr("Neither tones nor voice can be heard. The session goes on; the screen flashes at each cue."),
        )
    if sound is not None:
        return unheard(sound, voice=False)
    if voice is None:
        return ""
    if tones:
        return unheard(voice, voice=True)
    return {
        TroubleKind.NO_ENGINE: tr("No voice was found on this computer. The session goes on in text."),
    }.get(voice.kind, tr("The voice cannot be heard. The session goes on in text."))


def only_to_look(why: Unavailable, folder: Path) -> str:
    """Why a window keeps nothing, and what to do; it stands there as long as the window does."""
    if why.reason is Reason.DISK_FULL:
        said = tr(
            "Only to look at: the disk is full, so nothing is kept. Free some space, then start Rehab Coach again."
        )
    else:
        said = tr(
            "Only to look at: the data folder cannot be written to, so nothing is kept. See to it that you may write "
            "to {folder} and what is in it, then start Rehab Coach again."
        )
    return said.format(folder=folder)


def settings_unread(trouble: OSError | None, kept: Path) -> str:
    """That the settings count as at the start, and where what was chosen before is kept."""
    if trouble is not None:
        return tr(
            "Your settings cannot be read now, so they are as at the start. The file is left as it is; until it can be "
            "read, no new ones are kept. {reason}"
        ).format(reason=failure(trouble))
    return tr(
        "Your settings could not be read, so they are as at the start: choose your hip and your routines again. Before "
        "anything is written over it, the old file is kept as {file}."
    ).format(file=kept)


def unheard(trouble: Trouble, *, voice: bool) -> str:
    """Why nothing is heard, said once; the session goes on."""
    if voice:
        return {
            TroubleKind.NO_ENGINE: tr("No voice was found on this computer. The session goes on with tones and text."),
            TroubleKind.SILENT: tr("The voice does not answer. The session goes on with tones and text."),
        }.get(trouble.kind, tr("The voice cannot be heard. The session goes on with tones and text."))
    return {
        TroubleKind.NO_DEVICE: tr("No sound device was found. The session goes on; the screen flashes at each cue."),
        TroubleKind.NO_PLAYER: tr("No sound player was found. The session goes on; the screen flashes at each cue."),
    }.get(trouble.kind, tr("The cues cannot be heard. The session goes on; the screen flashes at each cue."))
