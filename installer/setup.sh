# Sourced by run and check, from the root of the project: makes .venv ready.
# POSIX sh. Needs nothing beforehand but a Debian (or a Python 3.11 elsewhere).

python=.venv/bin/python
lock=requirements.lock
stamp_file=.venv/avrr-stamp

# Python itself; then what Qt needs offscreen; then what a window under X needs.
debian_packages="python3 python3-venv
  libglib2.0-0 libgl1 libegl1 libdbus-1-3 libfontconfig1 libxkbcommon0
  libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 3; }

# A Python at hand that is new enough for us.
base_python() {
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
    then command -v "$candidate"; return 0; fi
  done
  return 1
}

venv_works() {
  [ -x "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_uv() {
  command -v uv 2>/dev/null || { [ -x .venv/bin/uv ] && printf '%s\n' .venv/bin/uv; }
}

missing_packages() {
  # A name may carry t64 since Debian 13 (the 64-bit time transition).
  newline='
'
  installed="$newline$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null)$newline"
  for package in $debian_packages; do
    case $package in
      python3 | python3-venv) if venv_works || base_python >/dev/null || find_uv >/dev/null; then continue; fi ;;
    esac
    case $installed in
      *"${newline}installed $package$newline"* | *"${newline}installed ${package}t64$newline"*) ;;
      *) printf ' %s' "$package" ;;
    esac
  done
}

install_packages() {
  command -v dpkg-query >/dev/null 2>&1 || return 0
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" = 0 ]; then
    as_root=
  elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root=sudo
  else
    die "Debian packages are missing. Type as root: apt-get install -y$missing"
  fi
  say "Installing Debian packages:$missing"
  log=$(mktemp)
  # shellcheck disable=SC2086 # the list is meant to fall into words
  if $as_root apt-get update -qq >"$log" 2>&1 &&
    $as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends $missing >>"$log" 2>&1 </dev/null
  then
    rm -f "$log"
  else
    cat "$log" >&2
    rm -f "$log"
    die "The packages could not be installed. Type as root: apt-get install -y$missing"
  fi
}

make_venv() {
  venv_works && return 0
  say "Making .venv"
  rm -rf .venv
  if uv=$(find_uv); then
    "$uv" venv -q --python '>=3.11' .venv || die "uv found no Python 3.11 or newer."
  else
    base=$(base_python) || die "Python 3.11 or newer, with venv, is needed."
    "$base" -m venv .venv
  fi
}

# Two steps: everything by its hash, then the program itself, which has none.
# --no-deps: the lock is the whole list. Left to look for dependencies, older pips take the
# newest release for a name with an extra (coverage[toml]), which has no hash here.
install_python_packages() {
  say "Installing Python packages"
  if uv=$(find_uv); then
    export UV_COMPILE_BYTECODE=1
    "$uv" pip install -q -p "$python" --no-deps --require-hashes -r "$lock"
    "$uv" pip install -q -p "$python" --no-deps --no-build-isolation -e .
  else
    "$python" -m pip --version >/dev/null 2>&1 || "$python" -m ensurepip >/dev/null
    set -- "$python" -m pip --disable-pip-version-check --no-input -q install
    "$@" --no-deps --require-hashes -r "$lock"
    "$@" --no-deps --no-build-isolation -e .
  fi
  "$python" -m compileall -q src
}

compile_translations() {
  for catalogue in resources/i18n/*/LC_MESSAGES/avrr.po; do
    compiled=${catalogue%.po}.mo
    if [ ! -f "$compiled" ] || [ -n "$(find "$catalogue" -newer "$compiled")" ]; then
      "$python" installer/translations.py compile
      return
    fi
  done
}

prepare() {
  unset PYTHONDONTWRITEBYTECODE # start-up would take three times as long
  [ -n "${AVRR_SKIP_DEBIAN_PACKAGES:-}" ] || install_packages
  make_venv
  stamp=$(cat "$lock" pyproject.toml | cksum)-$("$python" -V)
  if [ "$(cat "$stamp_file" 2>/dev/null)" != "$stamp" ]; then
    install_python_packages
    printf '%s\n' "$stamp" >"$stamp_file"
  fi
  compile_translations
}
