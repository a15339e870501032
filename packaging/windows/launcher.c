/* Tchat.exe (no console) and tchat-cli.exe (with -DCONSOLE): loads Python from the folder "app"
   beside it and starts windows_start there.

   Nothing of a C library and only kernel32 and user32 are linked, so that it starts on any 64-bit
   Windows, an old one too, and can say a sentence there. -DPYTHON=L"python311" names the DLL. */
#include <windows.h>

#define ROOM 32768 /* the longest path of Windows, in UTF-16 units */
#define OLDEST 17763 /* Windows 10 1809, the oldest that Qt 6 works on */
#define RUNNING L"Local\\TchatDesktop.Running"
#define INSTALLING L"Local\\TchatDesktop.Installing"

static WCHAR folder[ROOM], path[ROOM], text[ROOM + 1024];
static WCHAR *arguments[4096];

static BOOL is_french(void) { return PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_FRENCH; }

static void say(const WCHAR *french, const WCHAR *english, const WCHAR *about) {
  lstrcpyW(text, is_french() ? french : english);
  if (*about) {
    lstrcatW(text, L"\n\n");
    lstrcpynW(text + lstrlenW(text), about, 512);
  }
#ifdef CONSOLE
  static char bytes[4 * (ROOM + 1024)];
  DWORD written, mode;
  HANDLE screen = GetStdHandle(STD_ERROR_HANDLE);
  lstrcatW(text, L"\n");
  if (GetConsoleMode(screen, &mode)) {
    WriteConsoleW(screen, text, lstrlenW(text), &written, NULL);
  } else {
    int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    WriteFile(screen, bytes, length - 1, &written, NULL);
  }
#else
  MessageBoxW(NULL, text, L"Tchat", MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
#endif
}

/* Called by windows_start too, through ctypes. */
__declspec(dllexport) void could_not_start(const WCHAR *about) {
  say(L"Tchat ne peut pas démarrer : un de ses fichiers manque ou est abîmé.\n\n"
      L"Si vous l’avez ouvert dans un fichier .zip, extrayez d’abord tout le dossier. "
      L"Sinon, téléchargez Tchat de nouveau et réinstallez-le. "
      L"Vos tchats sont à part : ils ne risquent rien.",
      L"Tchat cannot start: one of its files is missing or damaged.\n\n"
      L"If you opened it inside a .zip file, extract the whole folder first. "
      L"If not, download Tchat again and install it again. "
      L"Your chats are kept elsewhere: nothing can happen to them.",
      about);
}

static BOOL is_too_old(void) {
  /* GetVersionEx tells what a program is made for; this tells what is there. */
  LONG(WINAPI * version)(OSVERSIONINFOW *);
  static OSVERSIONINFOW found;
  found.dwOSVersionInfoSize = sizeof found;
  version = (void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "RtlGetVersion");
  if (!version || version(&found)) return FALSE;
  return found.dwMajorVersion < 10 || (found.dwMajorVersion == 10 && found.dwBuildNumber < OLDEST);
}

static BOOL is_being_installed(void) {
  /* Ours is made first, so that of an installer and an app starting together one sees the other. */
  CreateMutexW(NULL, FALSE, RUNNING);
  HANDLE installer = OpenMutexW(SYNCHRONIZE, FALSE, INSTALLING);
  if (installer) CloseHandle(installer);
  return installer != NULL;
}

/* The path of a file in "app", or NULL, with a sentence said, when it is not there. */
static WCHAR *in_app(const WCHAR *name) {
  lstrcpyW(path, folder);
  lstrcatW(path, name);
  if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES) return path;
  could_not_start(path);
  return NULL;
}

/* Libraries are looked for in "app", for Qt's plugins beside Qt, and in no folder of the person. */
static BOOL look_in_app(void) {
  static WCHAR qt[ROOM];
  HMODULE kernel = GetModuleHandleW(L"kernel32.dll");
  BOOL(WINAPI * set)(DWORD) = (void *)GetProcAddress(kernel, "SetDefaultDllDirectories");
  void *(WINAPI * add)(const WCHAR *) = (void *)GetProcAddress(kernel, "AddDllDirectory");
  lstrcpyW(qt, folder);
  lstrcatW(qt, L"site\\PySide6");
  return set && add && set(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS) && add(folder) && add(qt);
}

static int run(void) {
  static WCHAR start[ROOM];
  int given, count = 0;
  WCHAR *slash = folder;

  /* A drive without a disk is an error to us, and no box of Windows' own. */
  SetErrorMode(SEM_FAILCRITICALERRORS);
  if (is_too_old()) {
    say(L"Tchat a besoin de Windows 10 (version 1809 d’octobre 2018, ou plus récente). "
        L"Ce Windows est plus ancien.",
        L"Tchat needs Windows 10 (version 1809 of October 2018, or newer). "
        L"This Windows is older.",
        L"");
    return 1;
  }
  if (is_being_installed()) {
    say(L"Tchat est en train d’être installé ou mis à jour. Ouvrez-le de nouveau dans un moment.",
        L"Tchat is being installed or updated. Open it again in a moment.", L"");
    return 1;
  }
  GetModuleFileNameW(NULL, folder, ROOM - 64);
  for (WCHAR *one = folder; *one; one++)
    if (*one == L'\\') slash = one;
  lstrcpyW(slash, L"\\app\\");

  if (!in_app(PYTHON L".zip") || !in_app(L"windows_start.pyc")) return 1;
  lstrcpyW(start, path);
  if (!in_app(PYTHON L".dll")) return 1;
  HMODULE python = look_in_app() ? LoadLibraryW(path) : NULL;
  int (*python_main)(int, WCHAR **) = python ? (void *)GetProcAddress(python, "Py_Main") : NULL;
  WCHAR **(WINAPI * split)(const WCHAR *, int *) =
      (void *)GetProcAddress(LoadLibraryW(L"shell32.dll"), "CommandLineToArgvW");
  if (!python_main || !split) {
    could_not_start(path);
    return 1;
  }

  WCHAR **typed = split(GetCommandLineW(), &given);
  arguments[count++] = typed[0];
  /* Isolated: no PYTHON… variable, no site of the person's own Python. Text is UTF-8. */
  arguments[count++] = L"-I";
  arguments[count++] = L"-B";
  arguments[count++] = L"-X";
  arguments[count++] = L"utf8";
  arguments[count++] = start;
  for (int one = 1; one < given && count < 4095; one++) arguments[count++] = typed[one];
  return python_main(count, arguments);
}

void begin(void) { ExitProcess(run()); }
