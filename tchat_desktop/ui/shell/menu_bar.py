"""The menus a Mac shows at the top of its screen; what they do is what the buttons do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QPushButton, QWidget

from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tchat_desktop.ui.shell.top_bar import TopBar
from tchat_desktop.ui.shell.window_keys import WindowKeys
from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.wording import i18n
from tchat_desktop.wording.i18n import _, pgettext

Keys = QKeySequence.StandardKey


class MenuBar(QMenuBar):
    """Menus for what is in the top bar and on the home screen, for the text, and for the window.

    Built anew with the top bar. The shortcuts of its buttons go over to the menus, which show
    them: two with the same shortcut would both do nothing.
    """

    new_wanted = Signal()
    file_wanted = Signal()
    export_wanted = Signal()
    language_chosen = Signal(str)

    def __init__(self, window: QWidget, bar: TopBar, keys: WindowKeys) -> None:
        super().__init__(window)
        self._window = window
        self._fill_file(bar)
        self._fill_edit(bar)
        self._fill_view()
        go = self.addMenu(pgettext("menu", "Go"))
        go.addActions([one for one in keys.actions if one is not keys.help])
        self._fill_window()
        self.addMenu(pgettext("menu", "Help")).addAction(keys.help)

    def _fill_file(self, bar: TopBar) -> None:
        menu = self.addMenu(pgettext("menu", "File"))
        _add(menu, _("New chat"), self.new_wanted, Keys.New)
        _add(menu, _("Open a .tchat file…"), self.file_wanted, Keys.Open)
        menu.addSeparator()
        _press(menu, _("My chats"), bar.home)
        menu.addSeparator()
        copy = _add(menu, _("Save a .tchat copy…"), self.export_wanted, Keys.SaveAs)
        _Following(copy, bar.more)
        # macOS puts these two into the menu of the application itself.
        about = _add(menu, _("About Tchat"), self._on_about)
        about.setMenuRole(QAction.MenuRole.AboutRole)
        leave = _add(menu, _("Quit Tchat"), self._window.close, Keys.Quit)
        leave.setMenuRole(QAction.MenuRole.QuitRole)

    def _fill_edit(self, bar: TopBar) -> None:
        menu = self.addMenu(pgettext("menu", "Edit"))
        _press(menu, _("Undo"), bar.undo)
        _press(menu, _("Redo"), bar.redo)
        menu.addSeparator()
        for text, keys in (
            (pgettext("menu", "Cut"), Keys.Cut),
            (pgettext("menu", "Copy"), Keys.Copy),
            (pgettext("menu", "Paste"), Keys.Paste),
            (pgettext("menu", "Select all"), Keys.SelectAll),
        ):
            action = _add(menu, text, self._on_keys_wanted, keys)
            action.setData(keys)

    def _fill_view(self) -> None:
        menu = self.addMenu(pgettext("menu", "View"))
        languages = menu.addMenu(_("Language of the screens"))
        group = QActionGroup(languages)
        for one in SCREEN_LANGUAGES:
            action = _add(languages, one.name, self._on_language_picked)
            action.setCheckable(True)
            action.setChecked(one.code == i18n.language())
            action.setData(one.code)
            group.addAction(action)

    def _fill_window(self) -> None:
        menu = self.addMenu(pgettext("menu", "Window"))
        _add(
            menu,
            pgettext("menu", "Minimise"),
            self._window.showMinimized,
            sequence(Shortcut.MINIMISE),
        )
        _add(menu, pgettext("menu", "Zoom"), self._on_zoom_wanted)

    def _on_keys_wanted(self) -> None:
        """Give what has the keyboard the keys of the action: it knows best what they do there."""
        picked, field = self.sender(), QApplication.focusWidget()
        assert isinstance(picked, QAction)
        if field is not None:
            keys = QKeySequence(picked.data())[0]  # type: ignore[index]
            press = QKeyEvent(QEvent.Type.KeyPress, keys.key(), keys.keyboardModifiers())
            QApplication.sendEvent(field, press)

    def _on_language_picked(self) -> None:
        picked = self.sender()
        assert isinstance(picked, QAction)
        self.language_chosen.emit(picked.data())

    def _on_zoom_wanted(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowMaximized)

    def _on_about(self) -> None:
        from tchat_desktop.ui.dialogs import show_version

        show_version(self._window)


class _Following(QObject):
    """Lets an action be chosen when a button can be pressed."""

    def __init__(self, action: QAction, button: QPushButton) -> None:
        super().__init__(action)
        self._action = action
        self._button = button
        button.installEventFilter(self)
        self._show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (
            QEvent.Type.EnabledChange,
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        ):
            self._show()
        return False

    def _show(self) -> None:
        self._action.setEnabled(self._button.isEnabled() and not self._button.isHidden())


def _add(
    menu: QMenu,
    text: str,
    act: Callable[[], object] | SignalInstance,
    keys: Keys | QKeySequence | None = None,
) -> QAction:
    action = menu.addAction(text)
    # Else macOS guesses from the text, in English, whose menu it belongs to.
    action.setMenuRole(QAction.MenuRole.NoRole)
    if keys is not None:
        action.setShortcut(QKeySequence(keys))
    action.triggered.connect(act)
    return action


def _press(menu: QMenu, text: str, button: QPushButton) -> None:
    """Add an action that presses a button, with the shortcut that the button had."""
    action = _add(menu, text, button.click)
    action.setShortcut(button.shortcut())
    button.setShortcut(QKeySequence())
    _Following(action, button)
