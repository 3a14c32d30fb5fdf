/* For the trial only, never shipped: Windows 10 has this library (1703 and later), wine has not.
   Qt asks it for character sets beyond UTF and Latin-1, which the program does not use: this one
   knows no converter at all, and says so. */
#include <stddef.h>

#define EXPORTED __declspec(dllexport)
#define UNKNOWN_FILE 4 /* U_FILE_ACCESS_ERROR */
#define BAD_ARGUMENT 1 /* U_ILLEGAL_ARGUMENT_ERROR */

static void refuse(int *status, int why) {
    if (status) *status = why;
}

EXPORTED void *ucnv_open(const char *name, int *status) {
    (void)name;
    refuse(status, UNKNOWN_FILE);
    return NULL;
}

EXPORTED const char *ucnv_getName(const void *converter, int *status) {
    (void)converter;
    refuse(status, BAD_ARGUMENT);
    return NULL;
}

EXPORTED void ucnv_toUnicode(void *converter, void **target, void *end, const char **source,
                             const char *source_end, int *offsets, signed char flush, int *status) {
    (void)converter, (void)target, (void)end, (void)source, (void)source_end, (void)offsets;
    (void)flush;
    refuse(status, BAD_ARGUMENT);
}

EXPORTED void ucnv_fromUnicode(void *converter, char **target, char *end, const void **source,
                               const void *source_end, int *offsets, signed char flush,
                               int *status) {
    (void)converter, (void)target, (void)end, (void)source, (void)source_end, (void)offsets;
    (void)flush;
    refuse(status, BAD_ARGUMENT);
}

EXPORTED const char *ucnv_getStandardName(const char *name, const char *standard, int *status) {
    (void)name, (void)standard;
    refuse(status, BAD_ARGUMENT);
    return NULL;
}

EXPORTED const char *ucnv_getAvailableName(int number) {
    (void)number;
    return NULL;
}

EXPORTED int ucnv_countAvailable(void) { return 0; }

EXPORTED signed char ucnv_getMaxCharSize(const void *converter) {
    (void)converter;
    return 1;
}

/* Never called: no converter was ever given out. The linker of Windows wants them to be there. */
#define NEVER_CALLED(name) EXPORTED void name(void) {}
NEVER_CALLED(ucnv_close)
NEVER_CALLED(ucnv_reset)
NEVER_CALLED(ucnv_getToUCallBack)
NEVER_CALLED(ucnv_getFromUCallBack)
NEVER_CALLED(ucnv_setToUCallBack)
NEVER_CALLED(ucnv_setFromUCallBack)
NEVER_CALLED(ucnv_cbToUWriteUChars)
NEVER_CALLED(ucnv_cbFromUWriteUChars)
NEVER_CALLED(ucnv_toUCountPending)
NEVER_CALLED(ucnv_fromUCountPending)
NEVER_CALLED(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NEVER_CALLED(UCNV_TO_U_CALLBACK_SUBSTITUTE)
