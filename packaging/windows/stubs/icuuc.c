/* icuuc.dll for Wine, which has none; Windows 10 has the real one, so this is never shipped.
 * Qt6Core imports these names for encodings other than UTF, which the app does not use. */
#define EXPORTED __declspec(dllexport)
#define U_MISSING_RESOURCE_ERROR 2

typedef void *Converter;

int __stdcall DllMainCRTStartup(void *module, unsigned reason, void *reserved) { return 1; }

static void *refused(int *error) {
  if (error) *error = U_MISSING_RESOURCE_ERROR;
  return 0;
}

EXPORTED Converter ucnv_open(const char *name, int *error) { return refused(error); }
EXPORTED void ucnv_close(Converter one) {}
EXPORTED void ucnv_reset(Converter one) {}
EXPORTED signed char ucnv_getMaxCharSize(Converter one) { return 4; }
EXPORTED const char *ucnv_getName(Converter one, int *error) { return refused(error); }
EXPORTED const char *ucnv_getStandardName(const char *name, const char *standard, int *error) {
  return refused(error);
}
EXPORTED const char *ucnv_getAvailableName(int number) { return 0; }
EXPORTED int ucnv_countAvailable(void) { return 0; }
EXPORTED int ucnv_toUCountPending(Converter one, int *error) { return 0; }
EXPORTED int ucnv_fromUCountPending(Converter one, int *error) { return 0; }
EXPORTED void ucnv_toUnicode(void) {}
EXPORTED void ucnv_fromUnicode(void) {}
EXPORTED void ucnv_getToUCallBack(void) {}
EXPORTED void ucnv_setToUCallBack(void) {}
EXPORTED void ucnv_getFromUCallBack(void) {}
EXPORTED void ucnv_setFromUCallBack(void) {}
EXPORTED void ucnv_cbToUWriteUChars(void) {}
EXPORTED void ucnv_cbFromUWriteUChars(void) {}
EXPORTED void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
EXPORTED void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
