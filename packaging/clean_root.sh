#!/bin/sh
# Install, start and remove the .deb in a Debian 12 that has nothing: no Python, no Qt, no desktop. Needs root, the
# packages' network, debootstrap, xdotool, and a screen in DISPLAY for the window.
#
#     packaging/clean_root.sh dist/rehab-coach_*.deb [ROOT]
#
# ROOT is where that Debian is made (about 900 MB); one that is there already is used, and stays.
set -eu

deb=$(realpath "$1")
root=${2-}
screen=${DISPLAY:?a screen is needed: Xvfb will do}
name=rehab-coach
log=/home/runner/.local/share/rehab-coach

say() { echo "   $*"; }
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
runner() { inside su runner -c "cd; $*"; }
window() { xdotool search --onlyvisible --name '^Rehab Coach$' >/dev/null 2>&1; }

if [ -z "$root" ]; then
    root=$(mktemp -d)
    chmod 755 "$root" # it will be somebody's /
    passing=1
fi
leave() {
    for process in /proc/[0-9]*; do # the speech service stays, and holds what is mounted
        [ "$(readlink "$process/root")" != "$(realpath "$root")" ] || kill "${process#/proc/}" 2>/dev/null || :
    done
    sleep 1
    for place in tmp/.X11-unix dev proc; do umount "$root/$place" 2>/dev/null || :; done
    [ -z "${passing-}" ] || rm -rf --one-file-system "$root"
}
trap leave EXIT

[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase bookworm "$root" >/dev/null
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mkdir -p "$root/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
inside id runner >/dev/null 2>&1 || inside useradd -m runner
rm -rf "${root:?}$log"

inside apt-get -qq update
cp "$deb" "$root/tmp/$name.deb"
inside apt-get install -qq -y "/tmp/$name.deb" >/dev/null 2>&1
say "installed: $(inside dpkg-query -W -f "\${Version}, \${db:Status-Status}" $name)"
inside dpkg -L $name >"$root/tmp/files"
inside sh -c 'command -v python3' >/dev/null && say "note: this root has a Python of its own"

runner "QT_QPA_PLATFORM=offscreen coach --selftest 2>/dev/null" >"$root/tmp/said"
sed 's/^/   /' "$root/tmp/said"
runner "DISPLAY=$screen coach --selftest" >/dev/null
say "selftest on a screen: ok"

runner "DISPLAY=$screen coach & echo \$! >pid; wait" &
tries=0
until window; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { say "no window came"; exit 1; }
    sleep 0.2
done
kill "$(cat "$root/home/runner/pid")"
wait
[ "$(inside stat -c %a $log)" = 700 ]
say "a window is shown, and ends when it is asked to; the data folder is the person's alone"
inside grep -q ':application/vnd.rehab-coach.routine+json:\*.rehab.json' /usr/share/mime/globs2
say "the desktop knows a routine file by its name"

inside apt-get purge -qq -y $name >/dev/null 2>&1
while read -r file; do
    [ -d "$root$file" ] || [ ! -e "$root$file" ] || { say "left behind: $file"; exit 1; }
done <"$root/tmp/files"
[ ! -e "$root/usr/lib/$name" ]
[ -d "$root$log" ]
say "removed: nothing of it is left but the person's data"
