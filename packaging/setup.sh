#!/bin/sh
# Set up what `make run`, `make test` or `make package` needs: system packages, an environment from the hash-locked
# set, this project in it. The environment is .venv; .venv-package for building, where nothing may lie that the program
# does without; .venv-publish for the tools that make wheels and check them.
#
#     packaging/setup.sh run|test|package|publish
#     packaging/setup.sh needs|suggests       # the system packages that a built program needs, and those it likes
#
# Quick when nothing changed. Never asks for a password: what it may not install, it names in one line.
# PYTHON=/path/to/python chooses the interpreter.
# shellcheck disable=SC2086 # a word is a package; no name here has a space
set -eu
CDPATH='' cd -- "$(dirname "$0")/.."

want=${1-}
venv=.venv
case $want in
    run) lock=requirements/run.txt ;;
    test) lock=requirements/dev.txt ;;
    package | publish)
        lock=requirements/$want.txt
        venv=.venv-$want
        ;;
    needs | suggests) lock= ;;
    *)
        echo "usage: packaging/setup.sh run|test|package|publish|needs|suggests" >&2
        exit 2
        ;;
esac

stamps=$venv/.setup # what was set up from what; goes away with .venv

# ---------------------------------------------------------------------------------------------------------------------
# The packages, for Debian and its children. "a|b" is one library under its name since 2024 and before.

# What all of Qt draws, writes and talks with: OpenGL, fonts, keyboard layouts, D-Bus.
qt="libegl1 libgl1 libfontconfig1 libxkbcommon0 libdbus-1-3 libglib2.0-0t64|libglib2.0-0 libzstd1 libbrotli1"
# Its window on X11 …
qt="$qt libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
    libxcb-render-util0 libxcb-shape0 libxcb-xkb1"
# … and on Wayland.
qt="$qt libwayland-client0 libwayland-cursor0 libwayland-egl1"
# QtNetwork, used for the local socket to a window that is already open, links Kerberos.
qt="$qt libgssapi-krb5-2"
# Letters. Any font will do; these two are the ones the screens are checked with.
fonts="fonts-inter fonts-dejavu-core"
# Cues: what QtMultimedia links and loads; where it fails, playsound3 takes aplay, though not without mpg123 beside it.
sound="libpulse0 libpipewire-0.3-0t64|libpipewire-0.3-0 libdrm2 libxrandr2 libxext6"
# Paper: the printers.
paper="libcups2t64|libcups2"
players="alsa-utils libasound2-plugins mpg123"
# The voice: what QtTextToSpeech speaks through.
voice="libspeechd2 speech-dispatcher speech-dispatcher-espeak-ng espeak-ng"
# When summer time begins, for Python's zoneinfo: small systems go without.
zones="tzdata"
# For the tests only: a screen, a window manager and a hand; a sound server that needs no card; a bus for notices; a look
# at system calls.
tests="xvfb openbox xdotool pulseaudio pulseaudio-utils dbus-daemon strace"

# For making and checking packages, and a Debian to install them into.
making="binutils desktop-file-utils appstream lintian shared-mime-info xz-utils debootstrap"

packages="$qt $fonts $sound $players $paper $voice $zones"
case $want in
    test) packages="$packages $tests" ;;
    package) packages="$packages $tests $making" ;;
    publish) packages= ;;
esac

# ---------------------------------------------------------------------------------------------------------------------

say() { echo "$*" >&2; }

is_debian() { [ -e /etc/debian_version ] && command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

# As the fields of a Debian package write it: "a | b, c".
field() { echo "$*" | tr -s '\n ' '  ' | sed 's/^ //; s/ $//; s/ /, /g; s/|/ | /g'; }

case $want in
    needs)
        field "$qt $fonts $sound $voice $zones"
        exit
        ;;
    suggests)
        field "$players $paper"
        exit
        ;;
esac

one_line() { tr -s '\n ' ' ' | sed 's/ $//'; }

# Of the packages given, those that are not installed, each under the name that apt knows here.
missing() {
    names=$(echo "$*" | tr '|' ' ')
    present=$(dpkg-query -W -f '${db:Status-Status}:${Package}\n' $names 2>/dev/null | sed -n 's/^installed://p' | one_line)
    for package in "$@"; do
        alternatives=$(echo "$package" | tr '|' ' ')
        name=
        for alternative in $alternatives; do
            case " $present " in *" $alternative "*) continue 2 ;; esac
            if [ -z "$name" ] || ! apt-cache show "$name" >/dev/null 2>&1; then name=$alternative; fi
        done
        echo "$name"
    done | one_line
}

# Never a question: no terminal to ask on, and no longer than two minutes behind the system's own updates.
apt() {
    if [ "$(id -u)" = 0 ]; then
        DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@"
    else
        sudo -n apt-get -qq -o DPkg::Lock::Timeout=120 "$@"
    fi </dev/null
}

may_install() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

# Install packages where that needs no password, else (or if it fails) print the line that does it.
install_or_tell() {
    if may_install; then
        say "Installing $# system packages (first time only)"
        log=$(mktemp)
        if { apt update && apt install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
            rm -f "$log"
            return
        fi
        tail -n 5 "$log" >&2
        rm -f "$log"
    fi
    if command -v sudo >/dev/null; then
        line="sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    else
        line="su -c 'apt-get update && apt-get install -y --no-install-recommends $*'"
    fi
    say "Some system packages are missing. This line installs them:"
    say "    $line"
    return 1
}

set_up_system() {
    is_debian || return 0
    lacking=$(missing $packages)
    if [ -z "$lacking" ] || install_or_tell $lacking; then
        mkdir -p $stamps
        echo "$packages" >"$stamps/system-$want"
    else
        say "Going on without them: sound, voice or the window may not work until then."
    fi
}

# A built program carries Python as a library, which Debian packs by itself.
python_library() {
    name=libpython$(version $venv/bin/python)
    case $($venv/bin/python -Ic 'import sys; print(sys.base_prefix)') in /usr) echo "$name" ;; esac
}

# ---------------------------------------------------------------------------------------------------------------------

suits() { "$1" -Ic 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; }

can_make_environments() { "$1" -Ic 'import ensurepip, venv' 2>/dev/null; }

# The interpreter to use: one that can make environments if there is any, else one that could after an installation.
choose_python() {
    second_best=
    # What is built carries its Python along: the system's, which is lean and the same on every machine.
    if [ "$want" = package ] && [ -z "${PYTHON-}" ] && is_debian && suits /usr/bin/python3; then
        echo /usr/bin/python3
        return
    fi
    for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3}; do
        if suits "$candidate"; then
            if can_make_environments "$candidate"; then
                echo "$candidate"
                return
            fi
            second_best=${second_best:-$candidate}
        fi
    done
    if [ -z "$second_best" ]; then
        say "Python 3.11 to 3.14 is needed${PYTHON:+, and $PYTHON is not one}. Where it has another name: make $want PYTHON=/path/to/python3"
        return 1
    fi
    echo "$second_best"
}

# Can the environment that is there be used? Not if it was moved, lost its interpreter or another one is asked for.
environment_is_sound() {
    [ -x $venv/bin/python ] || return 1
    [ ! -e $stamps/place ] || [ "$(cat $stamps/place)" = "$(pwd)" ] || return 1
    [ -z "${PYTHON-}" ] || [ "$(version $venv/bin/python)" = "$(version "$PYTHON")" ] || return 1
    # This start of Python is for an environment that somebody else made.
    [ -e $stamps/place ] || { suits $venv/bin/python && $venv/bin/python -Ic 'import pip' 2>/dev/null; }
}

version() { "$1" -Ic 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo none; }

set_up_environment() {
    python=$(choose_python)
    if ! can_make_environments "$python"; then
        if ! is_debian; then
            say "$python cannot make virtual environments (it has no ensurepip). Install that part of it and try again."
            return 1
        fi
        # Together with all the rest: one installation, or one line to copy. Debian packs this part by itself.
        # shellcheck disable=SC2046
        install_or_tell "python$(version "$python")-venv" $(missing $packages) || return 1
    fi
    # Not the interpreter of an environment that is active, perhaps the very one to be made anew.
    python=$("$python" -Ic 'import sys; print(getattr(sys, "_base_executable", sys.executable))')
    "$python" -Im venv --clear $venv
    mkdir -p $stamps
    pwd >$stamps/place
}

# ---------------------------------------------------------------------------------------------------------------------

pip() {
    # Settings of the person's own pip still hold (an index of the firm, a proxy); only these may not be otherwise.
    PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 $venv/bin/python -Im pip install -q "$@"
}

# Only wheels: building a source package would fetch build tools that no lock holds.
set_up_packages() {
    say "Installing Python packages into $venv (about 300 MB the first time)"
    pip --only-binary :all: --require-hashes -r $lock
    print_lock $lock >$stamps/packages-"$want"
    # Every other list holds this one (tests/test_lock.py).
    print_lock requirements/run.txt >$stamps/packages-run
}

set_up_project() {
    pip --no-deps --no-build-isolation --editable .
    # Also where Python is told to write no bytecode: compiling at each start would double it.
    $venv/bin/python -m compileall -q coach || :
    print_project >$stamps/project
}

print_lock() { cksum <"$1"; }

# With the version, which is in the package.
print_project() { { sed '/^\[tool\.ruff/,$d' pyproject.toml && cat coach/__init__.py; } | cksum; }

is() { [ -e "$1" ] && [ "$(cat "$1")" = "$2" ]; } # does the stamp say this?

environment_is_sound || set_up_environment
mkdir -p $stamps
[ -e $stamps/place ] || pwd >$stamps/place
[ "$want" != package ] || packages="$packages $(python_library)"
is $stamps/system-"$want" "$packages" || set_up_system
is $stamps/packages-"$want" "$(print_lock $lock)" || set_up_packages
is $stamps/project "$(print_project)" || set_up_project
