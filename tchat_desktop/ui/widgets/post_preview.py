"""A post as people will see it on X: who speaks, the text with its tags in colour, the count."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tchat_desktop.domain.chat import Picture
from tchat_desktop.ui import theme
from tchat_desktop.ui.widgets.avatar import Avatar
from tchat_desktop.ui.widgets.card import Card, column, row
from tchat_desktop.ui.widgets.picture_box import PictureBox
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


class PostPreview(Card):
    """The card beside a page that shows the post under the keyboard."""

    def __init__(self) -> None:
        super().__init__(padding=16, spacing=8)
        self._title = Text(_("Preview on X"), "advice")
        self._avatar = Avatar("")
        self._name = Text("", "strong")
        self._account = Text("", "small")
        # The editor colours tags and mentions; here nothing can be typed into it.
        self._text = PostEdit(bare=True)
        self._text.setReadOnly(True)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text.setAccessibleName(_("Preview on X"))
        self._counter = Counter()
        self._picture = PictureBox(208, 117)
        inside = Card(padding=12, spacing=6)
        who = row(self._avatar, column(self._name, self._account, spacing=0), spacing=10)
        who.setAlignment(self._avatar, Qt.AlignmentFlag.AlignTop)
        inside.add(who, self._text, row(self._picture, None), row(None, self._counter))
        self._picture.hide()
        inside.content.setSpacing(theme.px(8))
        self.add(self._title, inside)

    def show_post(
        self, label: str, name: str, account: str, text: str, by_page: bool = True
    ) -> None:
        """Show a post: what it is called, the name and bare @name it goes out under, which way."""
        self._title.setText(_("Preview on X: {post}").format(post=label))
        name = name or _("Your organisation")
        self._avatar.show_name(name)
        self._name.setText(name)
        self._account.setText(f"@{account}" if account else "")
        self._account.setVisible(bool(account))
        self._text.show_text(text)
        self._counter.show_text(text, by_page)

    def show_picture(self, picture: Picture | None, image: QImage | None) -> None:
        """Show the picture of the post; `image` is None while it is on its way."""
        self._picture.setVisible(picture is not None)
        if picture is not None:
            self._picture.show_image(image, picture.alt_text)
