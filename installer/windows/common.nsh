; What the set-up and the uninstaller share, and the checks of the set-up.

; Holds a handle while we work, so that no program starts meanwhile (launcher.c), and the names
; under which a running program can be seen.
!define SETUP_MUTEX "AVRRDesktopSetup"
!define RUNNING_MUTEX "AVRRDesktopRunning"

!macro DescribeFile LANGUAGE
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "${APP}"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "${APP} ${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "CompanyName" "IOM Morocco"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "© 2026 International Organization for Migration (IOM), Morocco"
!macroend

; Says a sentence and ends, before anything was done.
!macro Refuse CODE TEXT
  StrCpy $Code ${CODE}
  StrCpy $Sentence "${TEXT}"
  Call ${AVRR_UN}Say
  SetErrorLevel $Code
  Call ${AVRR_UN}LetGo
  Abort
!macroend

!macro StayHereIfRefused
  ${If} $Code <> 0
    Call Say
    Abort
  ${EndIf}
!macroend

!macro FailIfRefused
  ${If} $Code <> 0
    Call Say
    SetErrorLevel $Code
    Abort "$Sentence"
  ${EndIf}
!macroend

; Puts NAME.new in the place of NAME, in one step.
!macro TakePlace NAME
  ; 9: over one that is there, and written before it is said to be
  System::Call 'kernel32::MoveFileEx(t "$INSTDIR\${NAME}.new", t "$INSTDIR\${NAME}", i 9) i .r1'
  ${If} $1 = 0
    Goto failed
  ${EndIf}
!macroend

; A launcher of the new version, beside its folder.
!macro TakeLauncher NAME
  System::Call 'kernel32::CopyFile(t "$INSTDIR\$Folder\${NAME}", t "$INSTDIR\${NAME}.new", i 0) i .r1'
  ${If} $1 = 0
    Goto failed
  ${EndIf}
  !insertmacro TakePlace "${NAME}"
!macroend

!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; The folders of versions in FOLDER, but KEPT.
!macro RemoveVersions FOLDER KEPT
  FindFirst $R1 $R2 "${FOLDER}\version-*"
  ${DoWhile} $R2 != ""
    ${If} $R2 != "${KEPT}"
      RMDir /r "${FOLDER}\$R2"
    ${EndIf}
    FindNext $R1 $R2
  ${Loop}
  FindClose $R1
!macroend

!macro Common un
; In a box; or, when nobody looks, where a script can read it.
Function ${un}Say
  ${If} ${Silent}
    Call ${un}SayQuietly
  ${ElseIf} $(^RTL) = 1
    MessageBox MB_OK|MB_ICONSTOP|MB_RTLREADING|MB_RIGHT "$Sentence"
  ${Else}
    MessageBox MB_OK|MB_ICONSTOP "$Sentence"
  ${EndIf}
FunctionEnd

; Standard error if there is any, in UTF-8; and a file in the folder of temporary files.
Function ${un}SayQuietly
  Push $0
  Push $1
  Push $2
  Push $3
  System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, t "$Sentence$\r$\n", i -1, p 0, i 0, p 0, p 0) i .r1'
  System::Alloc $1
  Pop $2
  System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, t "$Sentence$\r$\n", i -1, p r2, i r1, p 0, p 0)'
  IntOp $1 $1 - 1
  System::Call 'kernel32::GetStdHandle(i -12) p .r3'
  System::Call 'kernel32::WriteFile(p r3, p r2, i r1, *i .r0, p 0)'
  ClearErrors
  FileOpen $3 "$TEMP\AVRR-Setup.log" w
  ${IfNot} ${Errors}
    System::Call 'kernel32::WriteFile(p r3, p r2, i r1, *i .r0, p 0)'
    FileClose $3
  ${EndIf}
  System::Free $2
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd

; First hold programs off, then look whether one runs: they do it the other way round.
Function ${un}HoldOff
  StrCpy $Code 0
  System::Call 'kernel32::CreateMutex(p 0, i 0, t "Local\${SETUP_MUTEX}") p .s ?e'
  Pop $0
  Pop $Mutex
  StrCpy $MutexAnywhere 0
  ${If} $0 <> 0 ; it is there already, or may not be touched
    Call ${un}LetGo
    !insertmacro Refuse ${ANOTHER_SETUP} "$(AnotherSetup)"
  ${EndIf}
FunctionEnd

Function ${un}LetGo
  ${If} $Mutex P<> 0
    System::Call 'kernel32::CloseHandle(p $Mutex)'
  ${EndIf}
  ${If} $MutexAnywhere P<> 0
    System::Call 'kernel32::CloseHandle(p $MutexAnywhere)'
  ${EndIf}
  StrCpy $Mutex 0
  StrCpy $MutexAnywhere 0
FunctionEnd

; For this user the programs of this session count; for all users, those of every session.
Function ${un}CheckRunning
  StrCpy $1 "Local"
  ${If} $AllUsers = 1
    StrCpy $1 "Global"
    ${If} $MutexAnywhere P= 0
      System::Call 'kernel32::CreateMutex(p 0, i 0, t "Global\${SETUP_MUTEX}") p .s'
      Pop $MutexAnywhere
    ${EndIf}
  ${EndIf}
  StrCpy $Code 0
  System::Call 'kernel32::OpenMutex(i 0x100000, i 0, t "$1\${RUNNING_MUTEX}") p .s ?e'
  Pop $2
  Pop $0
  ${If} $0 P<> 0
    System::Call 'kernel32::CloseHandle(p r0)'
  ${EndIf}
  ${If} $0 P<> 0
  ${OrIf} $2 = 5 ; access denied: another user's
    StrCpy $Code ${IS_RUNNING}
    StrCpy $Sentence "$(IsRunning)"
  ${EndIf}
FunctionEnd

Function ${un}IsAdministrator
  Push $0
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 == "Admin"
    StrCpy $0 1
  ${Else}
    StrCpy $0 0
  ${EndIf}
  Exch $0
FunctionEnd

; Takes the program out of the folder on the stack; what is not ours stays.
Function ${un}RemoveProgram
  Exch $R0
  SetOutPath "$TEMP"
  Delete "$R0\current"
  Delete "$R0\AVRR.exe"
  Delete "$R0\avrr-desktop.exe"
  Delete "$R0\*.new"
  !insertmacro RemoveVersions "$R0" ""
  Delete "$R0\uninstall.exe"
  RMDir "$R0"
  ; ours too when nothing else is in it
  SetShellVarContext current
  RMDir "$LOCALAPPDATA\Programs"
  ${If} $AllUsers = 1
    SetShellVarContext all
  ${EndIf}
  Pop $R0
FunctionEnd
!macroend

!define AVRR_UN ""
!insertmacro Common ""
!undef AVRR_UN
!define AVRR_UN "un."
!insertmacro Common "un."
!undef AVRR_UN
!define AVRR_UN ""

; The deepest folder on the way to $INSTDIR that is there, into $0.
Function DeepestFolder
  StrCpy $0 $INSTDIR
  ${DoUntil} ${FileExists} "$0\*.*"
    ${GetParent} "$0" $1
    ${If} $1 == ""
    ${OrIf} $1 == $0
      ${ExitDo}
    ${EndIf}
    StrCpy $0 $1
  ${Loop}
FunctionEnd

; Whether the new version can be laid out in $INSTDIR: $Code and $Sentence.
Function CheckPlace
  StrCpy $Code 0
  Call NameFolder
  StrLen $0 "$INSTDIR\$Folder\"
  IntOp $0 $0 + ${LONGEST}
  ${If} $0 > 259 ; what Windows takes unless somebody has told it otherwise
    IntOp $1 $0 - 259
    StrCpy $Code ${PATH_TOO_LONG}
    StrCpy $Sentence "$(PathTooLong)"
    Return
  ${EndIf}
  Call DeepestFolder
  StrCpy $FirstMade $0
  System::Call 'kernel32::GetDiskFreeSpaceEx(t "$0\", *l .r1, p 0, p 0) i .r2'
  ${If} $2 <> 0
    System::Int64Op $1 / 1024
    Pop $1
    System::Int64Op $1 < ${SIZE_KB}
    Pop $2
    ${If} $2 = 1
      IntOp $2 ${SIZE_KB} / 1024
      IntOp $3 $1 / 1024
      StrCpy $Code ${NO_SPACE}
      StrCpy $Sentence "$(NoSpace)"
      Return
    ${EndIf}
  ${EndIf}
  Call TryToWrite
  ${If} $0 = 0
    StrCpy $Code ${NO_RIGHT}
    StrCpy $Sentence "$(NoRight)"
  ${EndIf}
  Call RemoveMade
FunctionEnd

; 1 into $0 when a file can be written in $INSTDIR, which is made for it.
Function TryToWrite
  StrCpy $0 0
  ClearErrors
  CreateDirectory "$INSTDIR"
  ${If} ${Errors}
    Return
  ${EndIf}
  FileOpen $1 "$INSTDIR\writable.new" w
  ${If} ${Errors}
    Return
  ${EndIf}
  FileClose $1
  Delete "$INSTDIR\writable.new"
  StrCpy $0 1
FunctionEnd

; A name that the version in force does not have.
Function NameFolder
  StrCpy $Folder "version-${VERSION}"
  ClearErrors
  FileOpen $1 "$INSTDIR\current" r
  ${IfNot} ${Errors}
    FileRead $1 $2
    FileClose $1
    StrLen $3 "$Folder\"
    StrCpy $2 $2 $3
    ${If} $2 == "$Folder\"
      StrCpy $Folder "$Folder.b"
    ${EndIf}
  ${EndIf}
  ClearErrors
FunctionEnd

; The empty folders that we made on the way to $INSTDIR.
Function RemoveMade
  StrCpy $0 $INSTDIR
  ${DoUntil} $0 == $FirstMade
    RMDir "$0"
    ${GetParent} "$0" $1
    ${If} $1 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $0 $1
  ${Loop}
FunctionEnd

Function CleanUp
  RMDir /r "$INSTDIR\$Folder"
  Delete "$INSTDIR\*.new"
  ${IfNot} ${FileExists} "$INSTDIR\current" ; nothing was installed before
    Delete "$INSTDIR\AVRR.exe"
    Delete "$INSTDIR\avrr-desktop.exe"
    Delete "$INSTDIR\uninstall.exe"
  ${EndIf}
  Call RemoveMade
FunctionEnd

; What the new version wrote, from UTF-8, into $1.
Function ReadSaid
  StrCpy $1 ""
  ClearErrors
  FileOpen $2 "$PLUGINSDIR\said.txt" r
  ${IfNot} ${Errors}
    System::Alloc 4096
    Pop $3
    System::Call 'kernel32::ReadFile(p r2, p r3, i 2000, *i .r4, p 0)'
    FileClose $2
    ${If} $4 > 0
      System::Call 'kernel32::MultiByteToWideChar(i 65001, i 0, p r3, i r4, t .r1, i ${NSIS_MAX_STRLEN})'
    ${EndIf}
    System::Free $3
    ${TrimNewLines} "$1" $1
  ${EndIf}
  ClearErrors
FunctionEnd
