/* ask.exe APP FILE.py GIVEN…: run a file with the Python of an installed app, and its libraries.
 * For trying what the app itself offers in a window only; never shipped. */
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
  /* In the place of the folder comes what is after it: the file, and what it is given. */
  given[1] = given[0];
  return run(count - 1, given + 1);
}
