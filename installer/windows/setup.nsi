; The set-up program of the register. Compiled by installer/windows/nsis.py, which defines:
;   VERSION, NUMBERS   0.1.0, 0.1.0.0        STAGE   the folder of the version, laid out
;   OUT                what to write          WORK    generated: files.nsh, licences, icons
;   SIZE_KB            room on the disk       LONGEST letters of the longest path in the stage
;   PYTHON_DLL         python311.dll          SIGN    command that signs a file, if any
;   COMPRESSOR         how it is packed
;
; How a version comes into force: each has a folder of its own under the installation folder. The
; new one is laid out, then tried (it also backs the register up), then the launchers and the
; uninstaller are replaced, and last the one-line file "current", each in one step. Killed at any
; point, either the old version starts or the new one.

Unicode true
Target amd64-unicode
SetCompressor ${COMPRESSOR}
!if "${COMPRESSOR}" != "zlib"
  SetCompressorDictSize 16
!endif
ManifestDPIAware true
RequestExecutionLevel user
CRCCheck force
AllowSkipFiles off
SetDateSave on

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "TextFunc.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"

!define APP "AVRR"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\AVRR"
!define CLASSES "Software\Classes"
!define FILE_CLASS "AVRR.Register"
!define OLDEST_BUILD 17763 ; Windows 10 1809, below which Qt does not start

; What the program is given back with, see installer/README.md.
!define NEWER_INSTALLED 3
!define WINDOWS_TOO_OLD 4
!define IS_RUNNING 5
!define NO_RIGHT 6
!define NO_SPACE 7
!define PATH_TOO_LONG 8
!define NEW_VERSION_REFUSES 9
!define NOT_WRITTEN 10
!define ANOTHER_SETUP 11

Name "${APP}"
Caption "${APP} ${VERSION}"
BrandingText "${APP} ${VERSION}"
OutFile "${OUT}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
  !finalize '${SIGN} "%1"' = 0
!endif

Var AllUsers      ; 1, or 0 for this user only
Var IsSettled     ; 1 when the command line said for whom
Var Previous      ; where a version is installed already, else empty
Var PreviousVersion
Var Folder        ; of the new version: version-0.1.0, or version-0.1.0.b beside one of that name
Var FirstMade     ; the deepest folder that stood before us, for cleaning up
Var Shortcut      ; 1 to put a shortcut on the desktop
Var Code          ; of a refusal, 0 for none
Var Sentence      ; of a refusal
Var Mutex
Var MutexAnywhere
Var Choice
Var Box
Var EraseData     ; uninstalling: 1 to erase this user's register too
Var DataFolder

!define MUI_ICON "${WORK}/avrr.ico"
!define MUI_UNICON "${WORK}/avrr.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WORK}/side.bmp"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_ALLLANGUAGES
!define MUI_LANGDLL_WINDOWTITLE "${APP} ${VERSION}"
!define MUI_LANGDLL_INFO "Langue  ·  اللغة  ·  Language"

!insertmacro MUI_PAGE_LICENSE "${WORK}/licence.txt"
!define MUI_PAGE_HEADER_TEXT "$(OthersTitle)"
!define MUI_PAGE_HEADER_SUBTEXT "$(OthersSubtitle)"
!define MUI_LICENSEPAGE_TEXT_TOP " "
!define MUI_LICENSEPAGE_TEXT_BOTTOM "$(OthersBelow)"
!define MUI_LICENSEPAGE_BUTTON "$(^NextBtn)"
!insertmacro MUI_PAGE_LICENSE "$(Others)"
Page custom ShowOptions LeaveOptions
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipWhenInstalled
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE LeaveDirectory
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!insertmacro MUI_PAGE_FINISH

UninstPage custom un.ShowData un.LeaveData
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "French" ; the first is taken where the PC speaks none of them
!insertmacro MUI_LANGUAGE "Arabic"
!insertmacro MUI_LANGUAGE "English"
!include "strings.nsh"
LicenseLangString Others ${LANG_FRENCH} "${WORK}/notice-fr.txt"
LicenseLangString Others ${LANG_ARABIC} "${WORK}/notice-ar.txt"
LicenseLangString Others ${LANG_ENGLISH} "${WORK}/notice-en.txt"
!include "common.nsh"
!include "uninstall.nsh"

!insertmacro DescribeFile ${LANG_FRENCH}
!insertmacro DescribeFile ${LANG_ARABIC}
!insertmacro DescribeFile ${LANG_ENGLISH}

; ---------------------------------------------------------------------------------- beginning

Function .onInit
  SetRegView 64
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    !insertmacro Refuse ${WINDOWS_TOO_OLD} "$(WindowsTooOld)"
  ${EndIf}
  Call ReadCommandLine
  ; The folder may have been given as /D=; it then stands in $INSTDIR already.
  StrCpy $0 $INSTDIR
  Call SettleContext
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${EndIf}
  Call ChooseLanguage
  ${If} $AllUsers = 1
  ${AndIf} ${Silent}
    Call IsAdministrator
    Pop $0
    ${If} $0 = 0
      !insertmacro Refuse ${NO_RIGHT} "$(AdministratorNeeded)"
    ${EndIf}
  ${EndIf}
  Call HoldOff
  Call CheckRunning
  ${If} $Code <> 0
    !insertmacro Refuse $Code "$Sentence"
  ${EndIf}
FunctionEnd

Function .onGUIEnd
  Call LetGo
FunctionEnd

; /ALLUSERS, /CURRENTUSER; without either, as it is installed already; else for this user.
Function ReadCommandLine
  StrCpy $IsSettled 0
  StrCpy $AllUsers 0
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ReadRegStr $1 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == ""
  ${AndIf} $1 != ""
    StrCpy $AllUsers 1
  ${EndIf}
  ${GetParameters} $2
  ClearErrors
  ${GetOptions} $2 "/ALLUSERS" $3
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
    StrCpy $IsSettled 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $2 "/CURRENTUSER" $3
  ${IfNot} ${Errors}
    StrCpy $AllUsers 0
    StrCpy $IsSettled 1
  ${EndIf}
  StrCpy $Shortcut 0
  ClearErrors
  ${GetOptions} $2 "/DESKTOP" $3
  ${IfNot} ${Errors}
    StrCpy $Shortcut 1
  ${EndIf}
  ClearErrors
FunctionEnd

; Where things go for the chosen users, and what is there already.
Function SettleContext
  ${If} $AllUsers = 1
    SetShellVarContext all
    StrCpy $INSTDIR "$PROGRAMFILES64\${APP}"
  ${Else}
    SetShellVarContext current
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${APP}"
  ${EndIf}
  ReadRegStr $Previous SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ReadRegStr $PreviousVersion SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $Previous != ""
    StrCpy $INSTDIR $Previous
  ${EndIf}
  ${If} ${FileExists} "$DESKTOP\${APP}.lnk"
    StrCpy $Shortcut 1
  ${EndIf}
FunctionEnd

Function ChooseLanguage
  ReadRegStr $1 SHCTX "${UNINSTALL_KEY}" "Language"
  ${If} $1 != ""
    StrCpy $LANGUAGE $1
  ${ElseIfNot} ${Silent}
    !insertmacro MUI_LANGDLL_DISPLAY
  ${EndIf}
FunctionEnd

; A newer version would not be able to give its register back to this one.
Function CheckNewer
  ${If} $PreviousVersion != ""
    ${VersionCompare} "$PreviousVersion" "${VERSION}" $0
    ${If} $0 = 1
      StrCpy $Code ${NEWER_INSTALLED}
      StrCpy $Sentence "$(NewerInstalled)"
    ${EndIf}
  ${EndIf}
FunctionEnd

; ---------------------------------------------------------------------------------- the pages

Function ShowOptions
  !insertmacro MUI_HEADER_TEXT "$(OptionsTitle)" "$(OptionsSubtitle)"
  nsDialogs::Create 1018
  Pop $0
  nsDialogs::SetRTL $(^RTL)
  ${NSD_CreateRadioButton} 0 0 100% 12u "$(ForMe)"
  Pop $0
  ${NSD_CreateRadioButton} 0 36u 100% 12u "$(ForAll)"
  Pop $Choice
  ${NSD_CreateLabel} 12u 14u -12u 20u "$(ForMeHelp)"
  Pop $1
  ${NSD_CreateLabel} 12u 50u -12u 20u "$(ForAllHelp)"
  Pop $1
  ${NSD_CreateCheckBox} 0 84u 100% 12u "$(DesktopShortcut)"
  Pop $Box
  ${If} $AllUsers = 1
    ${NSD_Check} $Choice
    ${NSD_SetFocus} $Choice
  ${Else}
    ${NSD_Check} $0
    ${NSD_SetFocus} $0
  ${EndIf}
  ${If} $IsSettled = 1
    EnableWindow $0 0
    EnableWindow $Choice 0
  ${EndIf}
  ${If} $Shortcut = 1
    ${NSD_Check} $Box
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function LeaveOptions
  ${NSD_GetState} $Box $1
  ${NSD_GetState} $Choice $0
  ${If} $0 <> $AllUsers
    StrCpy $AllUsers $0
    Call SettleContext
  ${EndIf}
  StrCpy $Shortcut $1
  ${If} $AllUsers = 1
    Call IsAdministrator
    Pop $0
    ${If} $0 = 0
      Call StartElevated
    ${EndIf}
  ${EndIf}
  StrCpy $Code 0
  Call CheckNewer
  ${If} $Code = 0
    Call CheckRunning
  ${EndIf}
  !insertmacro StayHereIfRefused
FunctionEnd

; Windows asks for an administrator; this set-up then leaves the work to the one it starts.
Function StartElevated
  StrCpy $2 ""
  ${If} $Shortcut = 1
    StrCpy $2 " /DESKTOP"
  ${EndIf}
  Call LetGo
  ClearErrors
  ExecShell "runas" "$EXEPATH" "/ALLUSERS$2"
  ${IfNot} ${Errors}
    Quit
  ${EndIf}
  Call HoldOff
  StrCpy $Sentence "$(AdministratorNeeded)"
  Call Say
  Abort
FunctionEnd

Function SkipWhenInstalled
  ${If} $Previous != ""
    Abort ; the new version goes where the old one is
  ${EndIf}
FunctionEnd

Function LeaveDirectory
  ; In a folder of other files, a folder of our own.
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\current"
    ${GetFileName} "$INSTDIR" $0
    ${If} $0 != "${APP}"
      StrCpy $INSTDIR "$INSTDIR\${APP}"
    ${EndIf}
  ${EndIf}
  Call CheckPlace
  !insertmacro StayHereIfRefused
FunctionEnd

Function StartProgram
  ${If} $AllUsers = 1
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\AVRR.exe"' ; without the administrator's rights
  ${Else}
    Exec '"$INSTDIR\AVRR.exe"'
  ${EndIf}
FunctionEnd

; ---------------------------------------------------------------------------------- the work

Section "-Program"
  SectionIn RO
  AddSize ${SIZE_KB}
  StrCpy $Code 0
  Call CheckNewer
  ${If} $Code = 0
    Call CheckRunning
  ${EndIf}
  ${If} $Code = 0
    Call CheckPlace
  ${EndIf}
  !insertmacro FailIfRefused
  Call NameFolder
  Call LayOut
  Call TryNewVersion
  !insertmacro FailIfRefused
  Call ComeIntoForce
  !insertmacro FailIfRefused
  StrCpy $FirstMade "" ; from here on there is nothing to clean up
  Call Register
  Call RemoveOlder
  Call LetGo
SectionEnd

Function LayOut
  RMDir /r "$INSTDIR\$Folder" ; left by a set-up that was killed
  !include "${WORK}/files.nsh"
  SetOutPath "$TEMP"
FunctionEnd

; The new version starts, looks for this user's register and backs it up; or says why not.
Function TryNewVersion
  DetailPrint "$(Trying)"
  System::Call 'kernel32::SetEnvironmentVariable(t "AVRR_OUTPUT", t "$PLUGINSDIR\said.txt")'
  System::Call 'kernel32::SetEnvironmentVariable(t "AVRR_SETUP", t "1")'
  ClearErrors
  ExecWait '"$INSTDIR\$Folder\AVRR.exe" --before-update' $0
  ${If} ${Errors}
    StrCpy $0 70
  ${EndIf}
  System::Call 'kernel32::SetEnvironmentVariable(t "AVRR_OUTPUT", p 0)'
  System::Call 'kernel32::SetEnvironmentVariable(t "AVRR_SETUP", p 0)'
  ${If} $0 <> 0
    StrCpy $Code ${NEW_VERSION_REFUSES}
    StrCpy $Sentence "$(NewVersionRefuses)"
    Call ReadSaid
    ${If} $1 != ""
      StrCpy $Sentence "$Sentence$\r$\n$\r$\n$1"
    ${EndIf}
  ${EndIf}
FunctionEnd

; Everything here is one step each, the last of which counts.
Function ComeIntoForce
  !insertmacro TakeLauncher "AVRR.exe"
  !insertmacro TakeLauncher "avrr-desktop.exe"
  ClearErrors
  WriteUninstaller "$INSTDIR\uninstall.exe.new"
  ${If} ${Errors}
    Goto failed
  ${EndIf}
  !insertmacro TakePlace "uninstall.exe"
  ClearErrors
  FileOpen $1 "$INSTDIR\current.new" w
  FileWrite $1 "$Folder\runtime\${PYTHON_DLL}$\n"
  FileClose $1
  ${If} ${Errors}
    Goto failed
  ${EndIf}
  !insertmacro TakePlace "current"
  Return
  failed:
  StrCpy $Code ${NOT_WRITTEN}
  StrCpy $Sentence "$(NotWritten)"
FunctionEnd

Function Register
  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\AVRR.exe" "" "" "" "" "" "$(Purpose)"
  ${If} $Shortcut = 1
    CreateShortcut "$DESKTOP\${APP}.lnk" "$INSTDIR\AVRR.exe" "" "" "" "" "" "$(Purpose)"
  ${Else}
    Delete "$DESKTOP\${APP}.lnk"
  ${EndIf}
  WriteRegStr SHCTX "${CLASSES}\.avrr" "" "${FILE_CLASS}"
  WriteRegStr SHCTX "${CLASSES}\${FILE_CLASS}" "" "$(FileKind)"
  WriteRegStr SHCTX "${CLASSES}\${FILE_CLASS}\DefaultIcon" "" "$INSTDIR\AVRR.exe,1"
  WriteRegStr SHCTX "${CLASSES}\${FILE_CLASS}\shell\open\command" "" '"$INSTDIR\AVRR.exe" "%1"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${APP}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "IOM Morocco"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\AVRR.exe,0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Language" "$LANGUAGE"
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  !insertmacro TellExplorer
FunctionEnd

; What the new version has taken the place of, here and where it used to be.
Function RemoveOlder
  !insertmacro RemoveVersions "$INSTDIR" "$Folder"
  ${If} $Previous != ""
  ${AndIf} $Previous != $INSTDIR
    Push $Previous
    Call RemoveProgram
  ${EndIf}
FunctionEnd

Function .onInstFailed
  ; Before the new version is in force everything of it goes; the old one stands untouched.
  SetOutPath "$TEMP"
  ${If} $FirstMade != ""
    Call CleanUp
  ${EndIf}
  ${If} $Code = 0
    StrCpy $Sentence "$(NotWritten)"
    Call SayQuietly ; NSIS has said in a box which file could not be written
    SetErrorLevel ${NOT_WRITTEN}
  ${EndIf}
  Call LetGo
FunctionEnd
