; The uninstaller: the program goes, the register stays unless it is asked for in so many words.

!undef AVRR_UN
!define AVRR_UN "un."

Function un.onInit
  SetRegView 64
  StrCpy $AllUsers 0
  SetShellVarContext current
  StrCpy $DataFolder "$LOCALAPPDATA\AVRR"
  ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    StrCpy $AllUsers 1
    SetShellVarContext all
  ${EndIf}
  ReadRegStr $0 SHCTX "${UNINSTALL_KEY}" "Language"
  ${If} $0 != ""
    StrCpy $LANGUAGE $0
  ${EndIf}
  Call un.Elevate
  Call un.HoldOff
  Call un.CheckRunning
  ${If} $Code <> 0
    !insertmacro Refuse $Code "$Sentence"
  ${EndIf}
FunctionEnd

; What is installed for all users is taken out by an administrator.
Function un.Elevate
  ${If} $AllUsers = 1
    Call un.IsAdministrator
    Pop $0
    ${If} $0 = 0
      ${IfNot} ${Silent}
        ClearErrors
        ExecShell "runas" "$INSTDIR\uninstall.exe"
        ${IfNot} ${Errors}
          Quit
        ${EndIf}
      ${EndIf}
      !insertmacro Refuse ${NO_RIGHT} "$(AdministratorNeeded)"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function un.onGUIEnd
  Call un.LetGo
FunctionEnd

Function un.ShowData
  !insertmacro MUI_HEADER_TEXT "$(RemoveTitle)" "$(RemoveSubtitle)"
  nsDialogs::Create 1018
  Pop $0
  nsDialogs::SetRTL $(^RTL)
  ${NSD_CreateLabel} 0 0 100% 36u "$(DataStays)"
  Pop $0
  ${NSD_CreateLabel} 0 40u 100% 20u "$DataFolder"
  Pop $0
  ${NSD_CreateCheckBox} 0 72u 100% 24u "$(DataGoes)"
  Pop $Box
  ${NSD_AddStyle} $Box ${BS_MULTILINE}
  ${IfNot} ${FileExists} "$DataFolder\*.*"
    EnableWindow $Box 0
  ${EndIf}
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:$(^UninstallBtn)"
  nsDialogs::Show
FunctionEnd

Function un.LeaveData
  ${NSD_GetState} $Box $EraseData
  ${If} $EraseData = 1
    StrCpy $0 "$(DataSure)"
    ${If} $(^RTL) = 1
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2|MB_RTLREADING|MB_RIGHT "$0" /SD IDNO IDYES sure
    ${Else}
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$0" /SD IDNO IDYES sure
    ${EndIf}
    StrCpy $EraseData 0
    Abort
    sure:
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.CheckRunning ; it may have been started while the page stood open in an older version
  ${If} $Code <> 0
    Call un.Say
    SetErrorLevel $Code
    Abort "$Sentence"
  ${EndIf}
  Delete "$SMPROGRAMS\${APP}.lnk"
  Delete "$DESKTOP\${APP}.lnk"
  ReadRegStr $0 SHCTX "${CLASSES}\.avrr" ""
  ${If} $0 == "${FILE_CLASS}"
    DeleteRegKey SHCTX "${CLASSES}\.avrr"
  ${EndIf}
  DeleteRegKey SHCTX "${CLASSES}\${FILE_CLASS}"
  ClearErrors
  Push $INSTDIR
  Call un.RemoveProgram
  ${If} $EraseData = 1
    RMDir /r "$DataFolder"
  ${EndIf}
  DeleteRegKey SHCTX "${UNINSTALL_KEY}" ; last: until here it can be begun again
  !insertmacro TellExplorer
  Call un.LetGo
SectionEnd

!undef AVRR_UN
!define AVRR_UN ""
