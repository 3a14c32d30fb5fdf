@rem run.cmd [ARGS]: opens the program, or hands ARGS to avrr-desktop.
@echo off
setlocal
cd /d "%~dp0"
call installer\setup.cmd || exit /b 3
.venv\Scripts\python.exe -m avrr_desktop %*
