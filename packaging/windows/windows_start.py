"""Where the app starts on Windows: the launcher (`launcher.c`) has Python run this file."""

import ctypes
import sys

assert sys.platform == "win32"


def _tell(reason: str) -> None:
    """Have the launcher say that the app cannot start, in the person's language."""
    kernel = ctypes.WinDLL("kernel32")
    kernel.GetModuleHandleW.restype = ctypes.c_void_p
    launcher = ctypes.CDLL(sys.executable, handle=kernel.GetModuleHandleW(None))
    launcher.could_not_start(ctypes.c_wchar_p(reason))


def _main() -> int:
    sys.frozen = True  # type: ignore[attr-defined]
    try:
        from tchat_desktop.__main__ import main

        return main()
    except (ImportError, FileNotFoundError) as error:
        # A file of the app was taken away, by hand or by an antivirus.
        _tell(str(error))
        return 1


sys.exit(_main())
