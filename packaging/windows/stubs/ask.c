/* ask.exe APP FILE.py: run a file with the Python of an installed app, and its libraries. For trying
 * what the app itself offers in a window only; never shipped. */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

int wmain(int count, WCHAR **given) {
  static WCHAR path[32768];
  if (count < 3) return 2;
  swprintf(path, 32768, L"%ls\\%ls", given[1], PYTHON);
  HMODULE python = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
  int (*run)(int, WCHAR **) = python ? (void *)GetProcAddress(python, "Py_Main") : NULL;
  if (!run) {
    fwprintf(stderr, L"%ls cannot be loaded: error %lu\n", path, GetLastError());
    return 3;
  }
  WCHAR *arguments[] = {given[0], L"-X", L"utf8", given[2]};
  return run(4, arguments);
}
