/* python.exe beside its library: the wheel the tests take their Windows Python from has none. */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

int wmain(int count, WCHAR **given) {
  HMODULE python = LoadLibraryW(PYTHON);
  int (*run)(int, WCHAR **) = python ? (void *)GetProcAddress(python, "Py_Main") : NULL;
  if (!run) {
    fwprintf(stderr, L"%ls cannot be loaded: error %lu\n", PYTHON, GetLastError());
    return 3;
  }
  return run(count, given);
}
