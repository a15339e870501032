; The installer for one person, without administrator rights. Compiled by installer.py, which gives
; VERSION, NUMBERS (four, with dots), SOURCE (the folder Tchat), KILOBYTES, ICON,
; SIDE (a picture), OUT, perhaps SIGN.
;
; Tchat-setup.exe /S [/D=C:\folder]   asks nothing and says nothing but its exit code:
;   0 done · 2 it broke off, as the disk filled up or the file is damaged · 3 Tchat is open
;   4 a newer version is there · 5 another installer is at work · 6 not enough room
;   7 this Windows is too old · 8 files could not be written or replaced
;   9 the folder holds something else
; Unless it is 0, what was there before is there still.
Target amd64-unicode
Unicode true
ManifestDPIAware true
ManifestLongPathAware true
CRCCheck force
!ifndef QUICK ; for trials and tests
  SetCompressor /SOLID lzma
  SetCompressorDictSize 32
!endif
RequestExecutionLevel user
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"

Name "Tchat"
OutFile "${OUT}"
BrandingText "Tchat ${VERSION}"
InstallDir "$LOCALAPPDATA\Programs\Tchat"
InstallDirRegKey HKCU "${OWN}" "Folder"

!define OWN "Software\Tchat Desktop"
!define KIND "TchatDesktop.Chat"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Tchat Desktop"
!define OLDEST_BUILD 17763 ; as in launcher.c
!define INSTALLING "Local\TchatDesktop.Installing"
!define RUNNING "Local\TchatDesktop.Running"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(READY)"
!define MUI_FINISHPAGE_TEXT "$(READY_WHERE)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Tchat.exe"
!define MUI_FINISHPAGE_RUN_TEXT "$(OPEN_TCHAT)"
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(KEPT)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(REMOVED)"
!define MUI_FINISHPAGE_TEXT "$(KEPT)$\r$\n$\r$\n$(KEYS_KEPT)"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_SHOWREADME "$LOCALAPPDATA\tchat-desktop"
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!define MUI_FINISHPAGE_SHOWREADME_TEXT "$(OPEN_FOLDER)"
!insertmacro MUI_UNPAGE_FINISH

; French where the system speaks neither.
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "English"
!include "installer_texts.nsh"

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
!macro ABOUT LANGUAGE
  VIAddVersionKey /LANG=${LANGUAGE} "CompanyName" "Tchat Desktop contributors"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "Tchat ${VERSION} (installation)"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "MPL-2.0"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "Tchat"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
!macroend
!insertmacro ABOUT ${LANG_FRENCH}
!insertmacro ABOUT ${LANG_ENGLISH}

!ifdef SIGN
  !uninstfinalize `${SIGN} "%1"`
!endif

; Say a sentence, leave with an exit code.
!macro REFUSE CODE TEXT
  MessageBox MB_OK|MB_ICONEXCLAMATION|MB_SETFOREGROUND "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend
!define Refuse "!insertmacro REFUSE"

; The same while files are being written: the window stays and says that it did not work.
!macro FAIL CODE TEXT
  MessageBox MB_OK|MB_ICONSTOP|MB_SETFOREGROUND "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Abort "${TEXT}"
!macroend
!define Fail "!insertmacro FAIL"

; One installer or uninstaller at a time; and while it works Tchat does not start, nor is it open.
Var Alone ; what the others see of this one
!macro ALONE
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "${INSTALLING}") p .r1 ?e'
  Pop $0
  StrCpy $Alone $1
  ${If} $0 = 183 ; it was there already
    ${Refuse} 5 "$(TWICE)"
  ${EndIf}
  ${Do}
    System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "${RUNNING}") p .r1'
    ${If} $1 P= 0
      ${ExitDo}
    ${EndIf}
    System::Call 'kernel32::CloseHandle(p r1)'
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION|MB_SETFOREGROUND "$(IS_OPEN)" /SD IDCANCEL IDCANCEL`
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${Loop}
!macroend

; From here on Tchat may start: by the last page, for one.
Function LetStart
  System::Call 'kernel32::CloseHandle(p $Alone)'
FunctionEnd

Function .onInit
  ${WinVerGetBuild} $0
  ${IfNot} ${AtLeastWin10}
  ${OrIf} $0 < ${OLDEST_BUILD}
    ${Refuse} 7 "$(TOO_OLD)"
  ${EndIf}
  !insertmacro ALONE
  ; Wherever the newer one lies: its chats are the same, and this one could not read them.
  ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
  ReadRegStr $1 HKCU "${UNINSTALL}" "InstallLocation"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$1\Tchat.exe"
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 = 1
      ${Refuse} 4 "$(NEWER_IS_THERE)"
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\app\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\Tchat.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\uninstall.exe"
    ${Refuse} 9 "$(SOMETHING_ELSE)"
  ${EndIf}
FunctionEnd

Section "Tchat"
  SectionIn RO
  AddSize ${KILOBYTES}
  SetShellVarContext current
  Call CheckRoom
  Call Unpack
  Call Swap
  Call Register
  Call LetStart
SectionEnd

Function CheckRoom
  CreateDirectory "$INSTDIR"
  RMDir /r "$INSTDIR\app.new"
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR", *l .r1, p 0, p 0) i .r0'
  ${If} $0 = 0
    ${Fail} 8 "$(CANNOT_WRITE)"
  ${EndIf}
  System::Int64Op $1 / 1048576
  Pop $1
  SectionGetSize 0 $2 ; in KiB
  IntOp $2 $2 / 1024
  IntOp $2 $2 + 10
  System::Int64Op $1 < $2
  Pop $0
  ${If} $0 = 1
    ${Fail} 6 "$(NO_ROOM)"
  ${EndIf}
FunctionEnd

; Everything beside what is there, which works until it is replaced whole.
Function Unpack
  SetOutPath "$INSTDIR\app.new"
  ClearErrors
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\app.new\uninstall.exe"
  ; A folder a program works in cannot be moved.
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    ${Fail} 8 "$(CANNOT_WRITE)"
  ${EndIf}
FunctionEnd

!macro MOVE_OLD NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    Rename "$INSTDIR\${NAME}" "$INSTDIR\app.old\${NAME}"
  ${EndIf}
!macroend

!macro MOVE_BACK NAME
  ${If} ${FileExists} "$INSTDIR\app.old\${NAME}"
    Delete "$INSTDIR\${NAME}"
    Rename "$INSTDIR\app.old\${NAME}" "$INSTDIR\${NAME}"
  ${EndIf}
!macroend

Function Swap
  RMDir /r "$INSTDIR\app.old"
  ClearErrors
  CreateDirectory "$INSTDIR\app.old"
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    Rename "$INSTDIR\app" "$INSTDIR\app.old\app"
  ${EndIf}
  !insertmacro MOVE_OLD "Tchat.exe"
  !insertmacro MOVE_OLD "tchat-cli.exe"
  !insertmacro MOVE_OLD "uninstall.exe"
  StrCpy $0 "moved"
  ${If} ${Errors} ; asked once: the answer is then forgotten
    StrCpy $0 "failed"
  ${Else}
    Rename "$INSTDIR\app.new\app" "$INSTDIR\app"
    Rename "$INSTDIR\app.new\Tchat.exe" "$INSTDIR\Tchat.exe"
    Rename "$INSTDIR\app.new\tchat-cli.exe" "$INSTDIR\tchat-cli.exe"
    Rename "$INSTDIR\app.new\uninstall.exe" "$INSTDIR\uninstall.exe"
    ${If} ${Errors}
      StrCpy $0 "failed"
    ${EndIf}
  ${EndIf}
  ${If} $0 == "failed"
    ${If} ${FileExists} "$INSTDIR\app.old\app\*.*"
      Rename "$INSTDIR\app" "$INSTDIR\app.new\app"
      Rename "$INSTDIR\app.old\app" "$INSTDIR\app"
    ${EndIf}
    !insertmacro MOVE_BACK "Tchat.exe"
    !insertmacro MOVE_BACK "tchat-cli.exe"
    !insertmacro MOVE_BACK "uninstall.exe"
    RMDir "$INSTDIR\app.old"
    ${Fail} 8 "$(CANNOT_WRITE)"
  ${EndIf}
  RMDir /r "$INSTDIR\app.old"
  RMDir /r "$INSTDIR\app.new"
FunctionEnd

Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\app.new"
  RMDir "$INSTDIR" ; only if nothing else is in it
  Call LetStart
FunctionEnd

Function Register
  CreateShortcut "$SMPROGRAMS\Tchat.lnk" "$INSTDIR\Tchat.exe"
  WriteRegStr HKCU "${OWN}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.tchat" "" "${KIND}"
  WriteRegStr HKCU "Software\Classes\.tchat" "Content Type" "application/x-tchat-desktop"
  WriteRegStr HKCU "Software\Classes\.tchat\OpenWithProgids" "${KIND}" ""
  WriteRegStr HKCU "Software\Classes\${KIND}" "" "Tchat"
  WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\Tchat.exe,1"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\Tchat.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Tchat"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Tchat.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Tchat Desktop contributors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  SectionGetSize 0 $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
  Call TellExplorer
FunctionEnd

; Explorer shows the icon of .tchat files, or no longer, at once.
!macro TELL_EXPLORER UN
  Function ${UN}TellExplorer
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  FunctionEnd
!macroend
!insertmacro TELL_EXPLORER ""
!insertmacro TELL_EXPLORER "un."

Function un.onInit
  !insertmacro ALONE
FunctionEnd

; The chats stay in $LOCALAPPDATA\tchat-desktop, the keys in Windows' Credential Manager.
Section "Uninstall"
  SetShellVarContext current
  SetOutPath "$TEMP"
  ; First out of the way, whole: of an app that is in use after all nothing is taken.
  ClearErrors
  RMDir /r "$INSTDIR\app.old"
  Rename "$INSTDIR\app" "$INSTDIR\app.old"
  ${If} ${Errors}
  ${AndIf} ${FileExists} "$INSTDIR\app\*.*"
    ${Fail} 8 "$(CANNOT_REMOVE)"
  ${EndIf}
  RMDir /r "$INSTDIR\app.old"
  RMDir /r "$INSTDIR\app.new"
  Delete "$INSTDIR\Tchat.exe"
  Delete "$INSTDIR\tchat-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DetailPrint "$(KEPT)"
  ; The entries may be those of another folder, installed later.
  ReadRegStr $0 HKCU "${UNINSTALL}" "InstallLocation"
  ${If} $0 != "$INSTDIR"
    Return
  ${EndIf}
  Delete "$SMPROGRAMS\Tchat.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Classes\${KIND}"
  DeleteRegValue HKCU "Software\Classes\.tchat\OpenWithProgids" "${KIND}"
  ReadRegStr $0 HKCU "Software\Classes\.tchat" ""
  ${If} $0 == "${KIND}"
    DeleteRegKey HKCU "Software\Classes\.tchat"
  ${EndIf}
  DeleteRegKey HKCU "${OWN}"
  Call un.TellExplorer
SectionEnd
