/* AVRR.exe and avrr-desktop.exe: start the version of the program that is in force.
 *
 * Beside the launcher stands either the program itself (runtime\, lib\, app\: a version's own
 * folder), or a line of text in the file "current" that names the version in force, such as
 *
 *     version-0.1.0\runtime\python311.dll
 *
 * A set-up puts a new version in a folder of its own and replaces that file last, in one step: it
 * may be killed at any point, and either the old version starts or the new one. Launchers of every
 * version read this line the same way; it must stay so.
 *
 * AVRR.exe has no console (for the icon); avrr-desktop.exe is the command line.
 */
#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0A00
#include <windows.h>
#include <shellapi.h>
#include <shobjidl.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#define LONGEST 32767
#define CANNOT_START 70
#define BEING_UPDATED 75

/* The set-up program looks for the first two and holds the last while it works. */
#define RUNNING_HERE L"Local\\AVRRDesktopRunning"
#define RUNNING_ANYWHERE L"Global\\AVRRDesktopRunning"
#define UPDATING L"AVRRDesktopSetup"

typedef int (*python_main)(int, wchar_t **);

enum { ARABIC, ENGLISH, FRENCH };
static const wchar_t *const broken[] = {
    L"تعذّر تشغيل AVRR: ملف من ملفاته غير موجود أو تالف. أعد تثبيت البرنامج؛ سجلّك لم يُمسّ.",
    L"AVRR cannot start: one of its files is missing or damaged. Install the program again; your "
    L"register has not been touched.",
    L"AVRR ne peut pas démarrer\u00a0: un de ses fichiers manque ou est endommagé. Installez de "
    L"nouveau le programme\u202f; votre registre n'a pas été touché.",
};
static const wchar_t *const updating[] = {
    L"يجري الآن تحديث AVRR. شغّله من جديد بعد انتهاء التثبيت.",
    L"AVRR is being updated. Start it again when the set-up has finished.",
    L"AVRR est en cours de mise à jour. Relancez-le quand l'installation sera terminée.",
};

static wchar_t folder[LONGEST + 1];  /* of this launcher, with a backslash at its end */
static wchar_t library[LONGEST + 1]; /* Python, as a full path */

static int language(void) {
    switch (PRIMARYLANGID(GetUserDefaultUILanguage())) {
    case LANG_ARABIC: return ARABIC;
    case LANG_FRENCH: return FRENCH;
    default: return ENGLISH;
    }
}

static int is_set(const wchar_t *name) { return GetEnvironmentVariableW(name, NULL, 0) != 0; }

/* UTF-8 to a file or a pipe, letters to a console. */
static void write_line(const wchar_t *text) {
    static char bytes[4 * 2048];
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD done;
    if (WriteConsoleW(out, text, (DWORD)wcslen(text), &done, NULL)) {
        WriteConsoleW(out, L"\r\n", 2, &done, NULL);
        return;
    }
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes - 1, NULL, NULL);
    if (size > 0) {
        bytes[size - 1] = '\n';
        WriteFile(out, bytes, (DWORD)size, &done, NULL);
    }
}

/* Says one sentence, in a box unless nobody is there to read it, and gives the exit code. */
static int refuse(const wchar_t *const sentences[], const wchar_t *detail, int code) {
    static wchar_t text[2048];
    DWORD error = GetLastError();
    int spoken = language();
    if (detail)
        _snwprintf(text, 2047, L"%ls\n\n%ls (%lu)", sentences[spoken], detail, error);
    else
        _snwprintf(text, 2047, L"%ls", sentences[spoken]);
#ifdef CONSOLE
    write_line(text);
#else
    if (is_set(L"AVRR_QUIET") || is_set(L"AVRR_OUTPUT"))
        write_line(text);
    else
        MessageBoxW(NULL, text, L"AVRR",
                    MB_ICONERROR | (spoken == ARABIC ? MB_RTLREADING | MB_RIGHT : 0));
#endif
    return code;
}

static int find_folder(void) {
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
    while (length && folder[length - 1] != L'\\') length--;
    folder[length] = 0;
    return length != 0;
}

/* Joins parts to a path; 0 when it would be too long. The last argument is NULL. */
static int join(wchar_t *path, ...) {
    va_list parts;
    size_t length = 0;
    va_start(parts, path);
    for (const wchar_t *part; (part = va_arg(parts, const wchar_t *)) != NULL;) {
        size_t more = wcslen(part);
        if (length + more > LONGEST) {
            va_end(parts);
            return 0;
        }
        wmemcpy(path + length, part, more + 1);
        length += more;
    }
    va_end(parts);
    return 1;
}

/* The line in "current", which must stay inside the folder. */
static int read_current(wchar_t *line, int room) {
    static wchar_t path[LONGEST + 1];
    char bytes[512];
    DWORD size = 0;
    if (!join(path, folder, L"current", NULL)) return 0;
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return 0;
    BOOL read = ReadFile(file, bytes, sizeof bytes - 1, &size, NULL);
    CloseHandle(file);
    if (!read) return 0;
    while (size && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r')) size--;
    bytes[size] = 0;
    int length = MultiByteToWideChar(CP_UTF8, 0, bytes, -1, line, room);
    return length > 1 && !wcsstr(line, L"..") && !wcschr(line, L':') && line[0] != L'\\';
}

static int find_library(void) {
    static wchar_t line[512];
    if (join(library, folder, L"runtime\\", PYTHON_DLL, NULL) &&
        GetFileAttributesW(library) != INVALID_FILE_ATTRIBUTES)
        return 1;
    return read_current(line, 512) && join(library, folder, line, NULL);
}

static int held(const wchar_t *scope) {
    static wchar_t name[64];
    _snwprintf(name, 63, L"%ls\\%ls", scope, UPDATING);
    HANDLE mutex = OpenMutexW(SYNCHRONIZE, FALSE, name);
    DWORD error = GetLastError();
    if (mutex) CloseHandle(mutex);
    return mutex || error == ERROR_ACCESS_DENIED;
}

/* First say that we run, then look for a set-up; the set-up does it the other way round. So they
   cannot miss each other. What the set-up itself starts is let through. */
static int may_run(void) {
    if (is_set(L"AVRR_SETUP")) return 1;
    CreateMutexW(NULL, FALSE, RUNNING_HERE);
    CreateMutexW(NULL, FALSE, RUNNING_ANYWHERE);
    return !held(L"Local") && !held(L"Global");
}

#ifndef CONSOLE
/* The set-up cannot see what a program without a console says: it names a file for it. The handles
   alone would come too late, for Python writes to the descriptors of Windows' C library, and that
   library may have looked at the handles before us. */
static void settle_output(void) {
    static wchar_t path[LONGEST + 1];
    if (!GetEnvironmentVariableW(L"AVRR_OUTPUT", path, LONGEST)) return;
    HANDLE file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                              CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) return;
    SetStdHandle(STD_ERROR_HANDLE, file); /* for write_line */
    HMODULE c_library = LoadLibraryW(L"ucrtbase.dll");
    if (!c_library) return;
    int (*descriptor_of)(intptr_t, int) = (void *)GetProcAddress(c_library, "_open_osfhandle");
    int (*make_same)(int, int) = (void *)GetProcAddress(c_library, "_dup2");
    int descriptor = descriptor_of && make_same ? descriptor_of((intptr_t)file, _O_APPEND) : -1;
    if (descriptor < 0) return;
    make_same(descriptor, 1);
    make_same(descriptor, 2);
}
#endif

/* Libraries are looked for beside who asks for them, in runtime\ and in Windows; nowhere else. */
static HMODULE load_python(void) {
    static wchar_t runtime[LONGEST + 1];
    join(runtime, library, NULL);
    *wcsrchr(runtime, L'\\') = 0;
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    AddDllDirectory(runtime);
    return LoadLibraryExW(library, NULL,
                          LOAD_LIBRARY_SEARCH_DEFAULT_DIRS | LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR);
}

static int start(int count, wchar_t **words) {
    /* isolated, in UTF-8, writing no bytecode beside the program */
    static wchar_t *const before[] = {L"-I", L"-B", L"-X", L"utf8", L"-m", L"avrr_desktop"};
    const int more = sizeof before / sizeof *before;
#ifndef CONSOLE
    settle_output();
#endif
    if (!find_folder() || !find_library()) return refuse(broken, folder, CANNOT_START);
    if (!may_run()) return refuse(updating, NULL, BEING_UPDATED);
#ifndef CONSOLE
    SetCurrentProcessExplicitAppUserModelID(L"IOM.AVRR");
#endif
    HMODULE python = load_python();
    if (!python) return refuse(broken, library, CANNOT_START);
    python_main run = (python_main)(void *)GetProcAddress(python, "Py_Main");
    wchar_t **all = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY,
                              sizeof(wchar_t *) * (size_t)(count + more + 1));
    if (!run || !all) return refuse(broken, library, CANNOT_START);
    int filled = 0;
    all[filled++] = words[0];
    for (int i = 0; i < more; i++) all[filled++] = before[i];
    for (int i = 1; i < count; i++) all[filled++] = words[i];
    return run(filled, all);
}

#ifdef CONSOLE
int wmain(int count, wchar_t **words) { return start(count, words); }
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR line, int show) {
    (void)instance, (void)before, (void)line, (void)show;
    int count;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    return words ? start(count, words) : CANNOT_START;
}
#endif
