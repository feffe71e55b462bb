#!/usr/bin/env bash
# MicroPython's source into build/micropython, where tests/firmware/micropython.test.ts builds its unix port. It is Debian 13's, whatever Debian this is: 12 has none. apt's own lists and
# sources stay as they are; nothing is installed, and root is not needed. Exit code 3: there is none to be had.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -e build/micropython/py/py.mk ] && exit 0
none() { echo "$1: lay MicroPython 1.25 into build/micropython" >&2; exit 3; }
uris=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' 'Component: main')
uri=${uris%%$'\n'*}
[ -n "$uri" ] || none 'apt knows no Debian here (apt-get update first)'

mkdir -p build
scratch=$(mktemp -d "$PWD/build/micropython.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial" "$scratch/micropython"
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri trixie main" > "$scratch/sources.list"
apt() { apt-get -q -o Dir::Etc::sourcelist="$scratch/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$scratch/lists" -o Dir::Cache="$scratch/cache" -o APT::Sandbox::User="$(id -un)" "$@"; }
apt update || none "$uri has no trixie"
(cd "$scratch" && apt source --download-only micropython) || none "$uri has no source of micropython"
tar -xJf "$scratch"/micropython_*.orig.tar.xz -C "$scratch/micropython" --strip-components=1 --wildcards '*/py' '*/extmod' '*/shared' '*/ports/unix' '*/lib/oofatfs'
rm -rf build/micropython
mv "$scratch/micropython" build/micropython
