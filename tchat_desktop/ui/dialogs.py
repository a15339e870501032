"""What the window asks in a dialog of its own: whether something is really to be done."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPushButton,
    QWidget,
)

from tchat_desktop.wording.child_words import names_words
from tchat_desktop.wording.i18n import _, ngettext


def confirms_delete(parent: QWidget) -> bool:
    """Whether a chat is really to be deleted; anything but that button keeps it."""
    return _confirms(
        parent,
        _("Delete this chat for good?"),
        _(
            "Its questions, posts and recap leave the app and its backups: nobody can bring them "
            "back. What is on X stays there, and files you saved stay where they are. To keep it, "
            "save everything in one file first, or put it away."
        ),
        yes=_("Delete"),
        no=_("Keep"),
    )


def confirms_forgetting(parent: QWidget, who: str) -> bool:
    """Whether somebody is to be taken out of all chats; anything but that button keeps them."""
    return _confirms(
        parent,
        _("Erase {who} for good?").format(who=who),
        _(
            "Their posts, their name and what you noted of them leave all your chats and the "
            "backups: nobody can bring them back. What is on X stays there, and files you saved "
            "stay where they are."
        ),
        yes=_("Erase for good"),
        no=_("Keep"),
    )


def confirms_removing(parent: QWidget) -> bool:
    """Whether files that no chat needs are to be deleted; anything but that button keeps them."""
    return _confirms(
        parent,
        _("Delete these files?"),
        _("Your chats stay as they are. The files cannot be brought back."),
        yes=_("Delete"),
        no=_("Keep"),
    )


def confirms_reopening(parent: QWidget) -> bool:
    """Whether a chat that was closed is to be open again; anything but that button leaves it."""
    return _confirms(
        parent,
        _("Open this chat again?"),
        _("It goes back among your chats under way. Nothing is published, nothing is lost."),
        yes=_("Open it again"),
        no=_("Leave it closed"),
    )


def confirms_end(parent: QWidget) -> bool:
    """Whether the real hour is to end before its time; anything but that button lets it go on."""
    return _confirms(
        parent,
        _("End the chat now?"),
        _("What has not left goes to the reserve. What is published stays published."),
        yes=_("End the chat"),
        no=_("Keep the chat going"),
    )


def confirms_end_of_rehearsal(parent: QWidget, left: int) -> bool:
    """Whether a rehearsal is to end with so many messages left; that button alone ends it."""
    words = ngettext(
        "{count} message of the run sheet is still to be rehearsed.",
        "{count} messages of the run sheet are still to be rehearsed.",
        left,
    ).format(count=left)
    safe = _("Nothing was published, and nothing will be. You can begin it anew.")
    return _confirms(
        parent,
        _("End the rehearsal now?"),
        f"{words} {safe}" if left else safe,
        yes=_("End the rehearsal"),
        no=_("Go on rehearsing"),
    )


def confirms_leaving_out(parent: QWidget, posts: str, explained: str) -> bool:
    """Whether posts are to go to the reserve so that the chat ends in time; only that button does.

    `explained` tells the times that come of it.
    """
    return _confirms(
        parent,
        _("Keep {posts} in reserve?").format(posts=posts),
        explained,
        yes=_("End in time"),
        no=_("Change nothing"),
    )


def confirms_not_online(parent: QWidget, post: str) -> bool:
    """Whether a post that was confirmed is not online after all; anything but that button stays."""
    return _confirms(
        parent,
        _("“{post}”: take your confirmation back?").format(post=post),
        _("It goes back under “To check”. Nothing opens and nothing leaves: you decide there."),
        yes=_("Take it back"),
        no=_("Change nothing"),
    )


def confirms_early(parent: QWidget, post: str, day: str, hour: str, by_page: bool) -> bool:
    """Whether a post is to be published before the chat, which begins on that day at that hour.

    The day is "" for today. Anything but that button keeps it for its time.
    """
    leaves = _("It leaves at once, for everybody to see, and will not leave again that day.")
    if by_page:
        leaves = _("Its page opens at once in your browser, and it will not leave again that day.")
    begins = _("The chat begins {day} at {hour}.") if day else _("The chat begins today at {hour}.")
    return _confirms(
        parent,
        _("Publish “{post}” now, before the chat?").format(post=post),
        begins.format(day=day, hour=hour) + " " + leaves,
        yes=_("Publish now"),
        no=_("Keep it for {day}").format(day=day or hour),
    )


def confirms_second_page(parent: QWidget, opened: str, post: str) -> bool:
    """Whether the page of a post is to open while that of another one is not answered for.

    Both are named by what they are called; anything but that button opens nothing.
    """
    explained = _(
        "The page of “{opened}” is open, and you have not said yet that it is published. If you "
        "meant that message, nothing more is to be opened."
    )
    return _confirms(
        parent,
        _("Open the page of “{post}” too?").format(post=post),
        explained.format(opened=opened),
        yes=_("Open “{post}” too").format(post=post),
        no=_("Go back to “{opened}”").format(opened=opened),
    )


def confirms_other_day(parent: QWidget, day: str, begins: str, *, past: bool, dated: bool) -> bool:
    """Whether an announcement is to be opened on another day than its own; that button alone does.

    `begins` are its first words, which may speak of a day; one that is `dated` gives the date of
    the chat, and misleads nobody.
    """
    if past:
        question = _("Its day has passed: open it all the same?")
        planned = _("This announcement was planned for {day}, and says “{begins}”.")
    else:
        question = _("It is not its day yet: open it all the same?")
        planned = _("This announcement is planned for {day}, and says “{begins}”.")
    misleads = "\n" + _("Whoever reads it today must not take one day for another.")
    if dated:
        misleads = ""
    return _confirms(
        parent,
        question,
        planned.format(day=day, begins=begins) + misleads,
        yes=_("Open it today"),
        no=_("Do not open it"),
    )


def confirms_synced(parent: QWidget, service: str) -> bool:
    """Whether the chats are to be kept where a service copies files; only that button says so."""
    return _confirms(
        parent,
        _("Keep your chats in {service}?").format(service=service),
        _(
            "{service} copies this folder while the app writes to it: a chat can be damaged, or "
            "seen by others who share it. A folder of this computer alone is safer. To hand a "
            "chat on, save a .tchat copy."
        ).format(service=service),
        yes=_("Use it anyway"),
        no=_("Go back"),
    )


def confirms_taking_over(parent: QWidget) -> bool:
    """Whether a copy of a chat that was open elsewhere is to publish; anything else publishes not.

    What may be out from there stays in reserve.
    """
    return _confirms(
        parent,
        _("Publish from this computer?"),
        _(
            "First close the chat on the other computer, or each post would leave twice. What was "
            "to leave since the copy was made stays in reserve: look on X before you publish it."
        ),
        yes=_("Publish from here"),
        no=_("Publish nothing"),
    )


def confirms_leaving(
    parent: QWidget, soon: bool, typed: Sequence[str], thread: bool = False
) -> bool:
    """Whether the chat is to be closed; anything but that button stays.

    Its posts leave `soon`, its `thread` is leaving, or what is named in `typed` is gone with the
    window.
    """
    words = []
    if soon:
        words.append(
            _(
                "Its posts leave from this window: once it is closed, none leaves any more. What "
                "was published and planned is saved: open the app again, press “Go on with the "
                "chat”, and it goes on."
            )
        )
    if thread:
        words.append(
            _(
                "Its thread is leaving: the message on its way is finished, and the others wait. "
                "What is published stays, and nothing is published twice. Open the chat again, "
                "press “Go on with the thread”, and it goes on."
            )
        )
    if typed:
        lost = _(
            "What you typed and have not published or saved yet would be lost: {what}. Stay, and "
            "publish it or copy it first."
        )
        words.append(lost.format(what=", ".join(typed)))
    return _confirms(
        parent,
        _("Close the chat now?"),
        "\n".join(words),
        yes=_("Close anyway"),
        no=_("Stay"),
    )


def confirms_saving(parent: QWidget, about: str) -> bool:
    """Whether what may harm somebody is to be saved; anything but that button goes back to look."""
    return _confirms(
        parent,
        _("Save although somebody may be recognised?"),
        about,
        yes=_("Save anyway"),
        no=_("Look first"),
    )


def confirms_naming(parent: QWidget, found: Sequence[str], text: str, publish: QPushButton) -> bool:
    """Whether a text that may name a child is to be published; only the button `publish` does it.

    `found` are the pieces of the text that may name one. Any other answer changes the text.
    """
    said = _(
        "It says: {names}. Everybody can read it, for a long time, and somebody may recognise the "
        "child. Without the name, your text says the same."
    ).format(names=names_words(found))
    whole = _("Your text: {text}").format(text=_("“{text}”").format(text=text.strip()))
    return _confirms(
        parent,
        _("This text seems to name a child. Publish it?"),
        f"{said}\n\n{whole}",
        yes=publish,
        no=_("Change it"),
    )


def show_version(parent: QWidget) -> None:
    """Tell which version of the app this is, and its licence; returns at once."""
    box = _box(
        parent.window(),
        f"Tchat {QApplication.applicationVersion()}",
        _("Free software of the contributors of Tchat Desktop, under the licence MPL 2.0."),
    )
    box.setWindowTitle(_("About Tchat"))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.addButton(_("Close"), QMessageBox.ButtonRole.RejectRole)
    box.open()


def _confirms(
    parent: QWidget, question: str, explained: str, *, yes: str | QPushButton, no: str
) -> bool:
    """Whether that button was pressed, and whoever asks is still there to act on it.

    A post that leaves or the look of the screen may take `parent` away meanwhile.
    """
    box = _box(parent.window(), question, explained)
    destroys = QMessageBox.ButtonRole.DestructiveRole
    if isinstance(yes, str):
        confirm = box.addButton(yes, destroys)
    else:
        confirm = yes
        box.addButton(confirm, destroys)
    stay = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    if not shiboken6.isValid(box):
        return False
    # The window would keep it.
    box.deleteLater()
    return shiboken6.isValid(parent) and box.clickedButton() is confirm


def _box(parent: QWidget, question: str, explained: str) -> QMessageBox:
    """A question; what others wrote may stand in it, and is never markup."""
    box = QMessageBox(parent)
    box.setWindowTitle(question)
    box.setText(question)
    box.setInformativeText(explained)
    keep_plain(box)
    # The buttons were there first, and a screen reader would meet them before the explanation.
    for buttons in box.findChildren(QDialogButtonBox):
        buttons.raise_()
    return box


def keep_plain(box: QMessageBox) -> None:
    """Let a box that has its words show them as they are; its own text format is of one label."""
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
