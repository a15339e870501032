"""What to say when something went wrong: what happened, what is safe, what to do now."""

from __future__ import annotations

import errno

from tchat_desktop.services import ports
from tchat_desktop.wording.i18n import _


def sentence(error: Exception) -> str:  # noqa: PLR0911, PLR0912 - a table
    """The sentence for an error; the detail goes to the log, never to the screen."""
    match error:
        case ports.StoreFull():
            return _(
                "The disk is full. Nothing saved before is lost. Leave the app open and free some "
                "room: your last edit will then be saved by itself."
            )
        case ports.StoreBusy():
            return _("A post is just leaving. Nothing was moved: try again in a minute.")
        case ports.StoreReadOnly():
            return _(
                "This folder cannot be written to. Nothing saved before is lost. Choose another "
                "place for your chats."
            )
        case ports.StoreNewer():
            return _(
                "These chats were saved by a newer version of the app. They are untouched. "
                "Install the latest version to open them."
            )
        case ports.StoreDamaged():
            return _(
                "The file of your chats was damaged. It was set aside, not deleted: {file}."
            ).format(file=error.aside.name)
        case ports.StoreSuspect():
            return _(
                "The list of the posts published is damaged on this disk: a post could go out "
                "twice. To avoid that, nothing leaves. Close the app and open it again: it sets "
                "the damaged file aside and gives you back the last backup."
            )
        case ports.ChatFileTooLarge():
            return _("This file is too large to be a chat. Nothing was changed.")
        case ports.ChatFileNewer():
            return _(
                "This chat was saved by a newer version of the app. Nothing was changed. Install "
                "the latest version, or ask for a copy made with your version."
            )
        case ports.ChatFileDamaged():
            return _(
                "This file is not a chat, or it is damaged. Nothing was changed. Ask for a fresh "
                "copy of the .tchat file."
            )
        case ports.OfAnotherChat() if str(error):
            return _(
                "This file is of another chat, “{topic}”. Nothing was changed. Choose the file of "
                "this one, or open that chat first: it may be here twice."
            ).format(topic=str(error))
        case ports.OfAnotherChat():
            return _(
                "This file is of another chat. Nothing was changed. Choose the file of this one."
            )
        case ports.ClockAhead():
            return _(
                "This file is dated in the future. Nothing was changed. Set the clocks of both "
                "computers to the right day and hour, then save the file again there."
            )
        case ports.SharedFileNewer():
            return _(
                "This file was saved by a newer version of the app. Nothing was changed. Install "
                "the same version on both computers."
            )
        case ports.SharedFileDamaged():
            return _(
                "This file is not a shared moderation, or it is damaged. Nothing was changed. Save "
                "it again on the other computer."
            )
        case ports.ListFormatUnknown():
            return _(
                "Files of this kind (.{ending}) are not read. In your program, save the list as "
                "Word (.docx) or as text (.txt), or copy it and paste it into a question."
            ).format(ending=str(error))
        case ports.PageUnreadable():
            return _(
                "Files of this kind are not read. In your browser, save the page as a web page "
                "(.html), or copy it and paste it here."
            )
        case ports.ListUnreadable():
            return _(
                "No question can be read in this file: it is empty or damaged. Nothing was "
                "changed. Copy your list, and paste it into a question."
            )
        case OSError() if _is_about_the_name(error):
            return _(
                "This place does not take that name: it is too long, or has signs it does not "
                "know. Nothing saved before is lost. Choose a shorter name, or another folder."
            )
        case FileNotFoundError():
            return _(
                "This file is not there any more. Nothing was changed. If it is on a key or a "
                "telephone, plug that in, then choose it again."
            )
        case ports.FileInUse():
            return _(
                "This file is open in another program, and was left as it is. Close it there, then "
                "save again; or choose another name."
            )
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return _(
                "There is no room left on this disk. Nothing saved before is lost. Free some room, "
                "or choose another place."
            )
        case PermissionError() | OSError(errno=errno.EROFS):
            return _(
                "This place cannot be read or written. Nothing saved before is lost. Choose "
                "another folder."
            )
        case OSError() | ports.StoreError():
            return _("The disk did not answer. Nothing saved before is lost. Try again.")
        case _:
            return _("Something unforeseen happened. Nothing saved before is lost. Try again.")


def _is_about_the_name(error: OSError) -> bool:
    """Whether a name was refused, as too long or for its signs: on Windows EINVAL or ENOENT."""
    return error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", 0) in (123, 206)


def way_out(error: Exception) -> str:
    """What the person can do about it: "restore", "move" (the data), "retry", or nothing."""
    match error:
        case ports.StoreDamaged():
            return "restore"
        case ports.StoreReadOnly() | ports.StoreFull() | ports.StoreBusy():
            return "move"
        case ports.StoreError():
            return "retry"
    return ""
