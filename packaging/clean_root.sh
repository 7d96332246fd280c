#!/bin/sh
# Install, start and remove the .deb in a Debian 12 that has nothing: no Python, no Qt, no desktop.
#
#     packaging/clean_root.sh dist/rehab-coach_*.deb [ROOT]
#
# Needs root, debootstrap, Xvfb, xdotool and the packages' network (`packaging/setup.sh package` brings the tools). ROOT
# is where that Debian is made (about 900 MB); one that is there already is used, and stays. Without it a folder is made
# and removed again.
set -eu

# In a world of its own for mounts and processes: whatever is left in it, the speech service too, ends with it.
if [ -z "${CLEAN_ROOT-}" ]; then
    CLEAN_ROOT=$(mktemp -d)
    export CLEAN_ROOT
    trap 'rm -rf --one-file-system "$CLEAN_ROOT"' EXIT
    unshare --mount --pid --fork --kill-child "$0" "$@"
    exit
fi

deb=$(realpath "$1")
root=${2-$CLEAN_ROOT/debian}
name=rehab-coach
log=/home/runner/.local/share/rehab-coach

say() { echo "   $*"; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
runner() { inside su runner -c "cd; $*"; }

# What takes long and says much: its words are shown only if it fails.
quietly() { "$@" >"$CLEAN_ROOT/said" 2>&1 || { tail -n 20 "$CLEAN_ROOT/said" >&2; say "failed: $*"; exit 1; }; }

until_true() { # until_true SECONDS COMMAND...
    tries=$(($1 * 5))
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.2
    done
}

# A screen of its own: no window of anybody else's is on it.
Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>"$CLEAN_ROOT/display" 2>/dev/null &
until_true 20 test -s "$CLEAN_ROOT/display" || { say "no screen came"; exit 1; }
DISPLAY=:$(cat "$CLEAN_ROOT/display")
export DISPLAY
window() { xdotool search --onlyvisible --name '^Rehab Coach$'; }

# Where this system itself takes Debian's packages from.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | grep -v security | head -n 1)

mkdir -p "$root"
chmod 755 "$root" # it is somebody's /
[ -e "$root/etc/debian_version" ] || quietly debootstrap --variant=minbase bookworm "$root" ${mirror:+"$mirror"}
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mkdir -p "$root/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
inside id runner >/dev/null 2>&1 || inside useradd -m runner
rm -rf "${root:?}$log"
if inside sh -c 'command -v python3' >/dev/null; then say "note: this root has a Python of its own"; fi

quietly inside apt-get -qq update
cp "$deb" "$root/tmp/$name.deb"
quietly inside apt-get install -qq -y "/tmp/$name.deb"
say "installed: $(inside dpkg-query -W -f "\${Version}, \${db:Status-Status}" $name)"
inside dpkg -L $name >"$root/tmp/files"

selftest() { # selftest ENVIRONMENT HOW
    runner "$1 coach --selftest" >"$CLEAN_ROOT/said" 2>"$CLEAN_ROOT/complained" || {
        sed 's/^/   /' "$CLEAN_ROOT/said" "$CLEAN_ROOT/complained" | tail -n 20
        say "selftest $2: failed"
        exit 1
    }
}
selftest QT_QPA_PLATFORM=offscreen offscreen
sed 's/^/   /' "$CLEAN_ROOT/said"
selftest "DISPLAY=$DISPLAY" "on a screen"
say "selftest on a screen: ok"

runner "DISPLAY=$DISPLAY coach & echo \$! >pid; wait" &
shell=$!
until_true 20 window || { say "no window came"; exit 1; }
kill "$(cat "$root/home/runner/pid")"
wait $shell
[ "$(inside stat -c %a $log)" = 700 ]
say "a window is shown, and ends when it is asked to; the data folder is the person's alone"
inside grep -q ':application/vnd.rehab-coach.routine+json:\*.rehab.json' /usr/share/mime/globs2
say "the desktop knows a routine file by its name"

quietly inside apt-get purge -qq -y $name
while read -r file; do
    [ -d "$root$file" ] || [ ! -e "$root$file" ] || { say "left behind: $file"; exit 1; }
done <"$root/tmp/files"
[ ! -e "$root/usr/lib/$name" ]
[ -d "$root$log" ]
say "removed: nothing of it is left but the person's data"
