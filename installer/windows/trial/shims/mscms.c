/* For the trial only, never shipped: wine's mscms lacks WcsCreateIccProfile, which Qt's windows
   plugin asks for the colours of each screen. Every function answers that there is no profile. */
#include <windows.h>

#define EXPORTED __declspec(dllexport)

EXPORTED BOOL WINAPI CloseColorProfile(HANDLE profile) {
    (void)profile;
    return TRUE;
}

EXPORTED HANDLE WINAPI OpenColorProfileW(void *profile, DWORD access, DWORD share, DWORD creation) {
    (void)profile, (void)access, (void)share, (void)creation;
    return NULL;
}

EXPORTED BOOL WINAPI GetColorProfileFromHandle(HANDLE profile, BYTE *bytes, DWORD *size) {
    (void)profile, (void)bytes, (void)size;
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
}

EXPORTED HANDLE WINAPI WcsCreateIccProfile(HANDLE profile, DWORD options) {
    (void)profile, (void)options;
    return NULL;
}
