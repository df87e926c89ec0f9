; Pemasang KIM Studio untuk satu pengguna: tanpa hak admin, tanpa jaringan, berbahasa Indonesia.
; Built by packaging/build_windows.py, which gives VERSION, NUMBERS, TREE, OUT and ICON.

Unicode true
!ifdef TARGET64
  ; For Wine without its 32-bit half (packaging/check_windows_installer.py).
  Target amd64-unicode
!endif
!include "MUI2.nsh"
!include "x64.nsh"
!include "WinVer.nsh"
!include "FileFunc.nsh"

!define APP "KIM Studio"
!define CODE "kim-studio-app"
!define PYTHON "kim-studio-python"
!define CLASSES "Software\Classes"
!define GONE "Software\Microsoft\Windows\CurrentVersion\Uninstall\KIMStudio"

Name "${APP}"
OutFile "${OUT}"
; For this user alone: what needs no right of an administrator asks for none.
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "Software\KIM Studio" "InstallDir"
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText "${APP} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${APP}"
VIAddVersionKey "FileDescription" "Pemasang ${APP}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT; dengan bagian GPL, lihat NOTICES.md"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Buka ${APP}"
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!define MUI_WELCOMEPAGE_TEXT "${APP} akan dipasang untuk Anda sendiri; tidak perlu kata sandi admin dan tidak perlu internet.$\r$\n$\r$\nTulisan dan foto Anda disimpan di ruang kerja Anda, bukan di folder program ini."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Program akan dihapus. Ruang kerja, berita, foto, dan setelan Anda tetap ada."
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Indonesian"

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP "${APP} memerlukan Windows 10 atau 11 (64-bit)." /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
FunctionEnd

; A program that runs can be renamed but not written to: half of it would be the old one, half the new one.
!macro AskClosed UN
Function ${UN}AskClosed
  retry:
  IfFileExists "$INSTDIR\${PYTHON}\pythonw.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\${PYTHON}\pythonw.exe" a
  IfErrors 0 free
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${APP} masih terbuka. Tutup dulu, lalu tekan Coba Lagi." /SD IDCANCEL IDRETRY retry
    SetErrorLevel 3
    Quit
  free:
  FileClose $0
  closed:
FunctionEnd
!macroend
!insertmacro AskClosed ""
!insertmacro AskClosed "un."

Function StartProgram
  Exec '"$INSTDIR\${PYTHON}\pythonw.exe" -X utf8 "$INSTDIR\KIM Studio.pyw"'
FunctionEnd

Section "-${APP}"
  Call AskClosed
  ; Of an older version nothing may stay: a module that is gone would still be found.
  RMDir /r "$INSTDIR\${CODE}"
  RMDir /r "$INSTDIR\${PYTHON}"
  SetOutPath "$INSTDIR"
  File /r "${TREE}\*.*"
  WriteUninstaller "$INSTDIR\Hapus KIM Studio.exe"
  WriteRegStr HKCU "Software\KIM Studio" "InstallDir" "$INSTDIR"

  SetOutPath "$INSTDIR"
  CreateDirectory "$SMPROGRAMS\${APP}"
  CreateShortCut "$SMPROGRAMS\${APP}\${APP}.lnk" "$INSTDIR\${PYTHON}\pythonw.exe" '-X utf8 "$INSTDIR\KIM Studio.pyw"' "$INSTDIR\kim-studio.ico"
  CreateShortCut "$SMPROGRAMS\${APP}\Hapus ${APP}.lnk" "$INSTDIR\Hapus KIM Studio.exe"

  WriteRegStr HKCU "${CLASSES}\.kim" "" "KIMStudio.Package"
  WriteRegStr HKCU "${CLASSES}\.kim\OpenWithProgids" "KIMStudio.Package" ""
  WriteRegStr HKCU "${CLASSES}\KIMStudio.Package" "" "Paket kerja KIM Studio"
  WriteRegStr HKCU "${CLASSES}\KIMStudio.Package\DefaultIcon" "" "$INSTDIR\kim-studio.ico"
  WriteRegStr HKCU "${CLASSES}\KIMStudio.Package\shell\open\command" "" '"$INSTDIR\${PYTHON}\pythonw.exe" -X utf8 "$INSTDIR\KIM Studio.pyw" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${GONE}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${GONE}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${GONE}" "DisplayIcon" "$INSTDIR\kim-studio.ico"
  WriteRegStr HKCU "${GONE}" "Publisher" "KIM Studio"
  WriteRegStr HKCU "${GONE}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${GONE}" "UninstallString" '"$INSTDIR\Hapus KIM Studio.exe"'
  WriteRegStr HKCU "${GONE}" "QuietUninstallString" '"$INSTDIR\Hapus KIM Studio.exe" /S'
  WriteRegDWORD HKCU "${GONE}" "NoModify" 1
  WriteRegDWORD HKCU "${GONE}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${GONE}" "EstimatedSize" "$0"
SectionEnd

Section "Uninstall"
  Call un.AskClosed
  ; Only what was installed: somebody may keep a workspace in this very folder.
  RMDir /r "$INSTDIR\${CODE}"
  RMDir /r "$INSTDIR\${PYTHON}"
  Delete "$INSTDIR\KIM Studio.pyw"
  Delete "$INSTDIR\kim-studio.cmd"
  Delete "$INSTDIR\kim-studio.ico"
  Delete "$INSTDIR\NOTICES.md"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\Hapus KIM Studio.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${APP}\${APP}.lnk"
  Delete "$SMPROGRAMS\${APP}\Hapus ${APP}.lnk"
  RMDir "$SMPROGRAMS\${APP}"
  DeleteRegKey HKCU "${CLASSES}\KIMStudio.Package"
  DeleteRegValue HKCU "${CLASSES}\.kim\OpenWithProgids" "KIMStudio.Package"
  ; Another program may have taken .kim over since.
  ReadRegStr $0 HKCU "${CLASSES}\.kim" ""
  StrCmp $0 "KIMStudio.Package" 0 +2
    DeleteRegValue HKCU "${CLASSES}\.kim" ""
  DeleteRegKey HKCU "${GONE}"
  DeleteRegKey HKCU "Software\KIM Studio"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
