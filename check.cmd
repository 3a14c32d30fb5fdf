@rem check.cmd [ARGS]: every check; ARGS go to pytest.
@echo off
setlocal
cd /d "%~dp0"
call installer\setup.cmd || exit /b 3
set QT_QPA_PLATFORM=offscreen
set PYTHON=.venv\Scripts\python.exe
%PYTHON% -m ruff check || exit /b 1
%PYTHON% -m ruff format --check || exit /b 1
%PYTHON% -m mypy || exit /b 1
.venv\Scripts\lint-imports || exit /b 1
%PYTHON% installer\translations.py check || exit /b 1
%PYTHON% -m pytest -n 2 %*
