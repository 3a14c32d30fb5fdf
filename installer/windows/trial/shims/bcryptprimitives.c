/* For the trial only, never shipped: Windows 10 has this library, wine before 9 has not.
   CPython's and Rust's random numbers come from its one function. */
#include <windows.h>

#define LARGEST_PIECE 0x10000000

BOOLEAN NTAPI SystemFunction036(PVOID bytes, ULONG size); /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T size) {
    while (size) {
        ULONG piece = size > LARGEST_PIECE ? LARGEST_PIECE : (ULONG)size;
        if (!SystemFunction036(bytes, piece)) return FALSE;
        bytes += piece;
        size -= piece;
    }
    return TRUE;
}
