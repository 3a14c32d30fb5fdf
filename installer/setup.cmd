@rem Called by run.cmd and check.cmd, from the root of the project: makes .venv ready, with uv.
@echo off
where uv >nul 2>nul || (
  echo uv is needed. Install it once: winget install astral-sh.uv
  exit /b 3
)
set UV_COMPILE_BYTECODE=1
set PYTHONDONTWRITEBYTECODE=
if not exist .venv\Scripts\python.exe uv venv --python ">=3.11,<3.15" .venv || exit /b 3
fc /b requirements.lock .venv\avrr-lock >nul 2>nul && fc /b pyproject.toml .venv\avrr-project >nul 2>nul && goto ready
uv pip install -q -p .venv\Scripts\python.exe --no-deps --require-hashes -r requirements.lock || exit /b 3
uv pip install -q -p .venv\Scripts\python.exe --no-deps --no-build-isolation -e . || exit /b 3
copy /b /y requirements.lock .venv\avrr-lock >nul
copy /b /y pyproject.toml .venv\avrr-project >nul
:ready
.venv\Scripts\python.exe installer\translations.py compile
