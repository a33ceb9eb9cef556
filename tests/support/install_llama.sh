#!/usr/bin/env bash
# Unpacks llama.cpp's server from Debian unstable beside its own libraries, for tests and benchmarks.
#
#   tests/support/install_llama.sh [DEST]        DEST: .cache/llama
#
#   DEST/bin/llama-server    runs with the unpacked loader and libraries; nothing of the machine's own is changed
#
# Wants Debian with the package source that apt is configured for; no root where apt has lists already. apt checks the
# suite's signature and each package's hash. A second run does nothing, unless the recipe here has changed.
set -euo pipefail

RECIPE=1 # raised when a change of this script has to run again
PACKAGE=llama.cpp-tools
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

cd "$(dirname "$0")/../.."
DEST=${1:-.cache/llama}
mkdir -p "$DEST"
DEST=$(cd "$DEST" && pwd)
LOG=$DEST/install.log

fail() {
  printf 'install_llama.sh: %s\n' "$*" >&2
  exit 1
}

# run WHAT COMMAND...: says what, keeps the command's output for the case that it fails
run() {
  local what=$1
  shift
  printf '[%4ds] %s\n' "$SECONDS" "$what"
  "$@" >"$LOG" 2>&1 </dev/null && return
  tail -n 40 "$LOG" >&2
  fail "failed: $what (all of the output: $LOG)"
}

# The server is not loaded by a patched copy but by calling the loader: that needs neither patchelf nor root.
if [ "$(cat "$DEST/stamp" 2>/dev/null)" = "$RECIPE $DEST" ]; then
  exit 0
fi
command -v apt-get >/dev/null || fail "only Debian's packages are known here; put a llama-server into PATH instead"
[ -f "$KEYRING" ] || fail "Debian's keys are missing: apt-get install debian-archive-keyring"

# the mirror that the machine's own sources name
mirror() {
  apt-get indextargets --format '$(REPO_URI) $(ORIGIN)' 'Identifier: Packages' |
    awk '$2 == "Debian" && $1 !~ /security/ {print $1; exit}'
}

# unstable APT-ARGUMENT...: apt-get on a package database of its own
unstable() {
  apt-get -q -y -o Dir::State="$APT/state" -o Dir::State::status="$APT/state/status" -o Dir::Cache="$APT/cache" \
    -o Dir::Etc::sourcelist="$APT/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferencesparts=/dev/null -o APT::Sandbox::User="$(id -un)" -o APT::Get::List-Cleanup=0 "$@"
}

SOURCE=$(mirror)
if [ -z "$SOURCE" ] && [ "$(id -u)" = 0 ]; then # apt tells of its sources only once it has their lists
  run "package lists" apt-get -q -o DPkg::Lock::Timeout=300 update
  SOURCE=$(mirror)
fi
[ -n "$SOURCE" ] || fail "apt has no list of Debian's packages: run apt-get update as root"

APT=$DEST/apt
FILES=$DEST/files
rm -rf "$APT" "$FILES" "$DEST/bin" "$DEST/stamp"
mkdir -p "$APT/state/lists/partial" "$APT/cache/archives/partial" "$FILES" "$DEST/bin"
: >"$APT/state/status"
printf 'deb [signed-by=%s] %s sid main\n' "$KEYRING" "$SOURCE" >"$APT/sources.list"
run "list of Debian unstable" unstable update
run "download $PACKAGE" unstable install --download-only --no-install-recommends "$PACKAGE"
for archive in "$APT"/cache/archives/*.deb; do dpkg-deb -x "$archive" "$FILES"; done
rm -rf "$APT"

LOADER=$(find "$FILES/usr/lib" -maxdepth 2 -name 'ld-linux-*.so.*' | head -n 1)
[ -n "$LOADER" ] || fail "no dynamic loader among the unpacked files"
LIBRARIES=$(dirname "$LOADER")
# Kernels for each kind of processor are looked for beside the program that runs, which is the loader.
ln -sf "$LIBRARIES"/ggml/backends*/*.so "$LIBRARIES/"
cat >"$DEST/bin/llama-server" <<SCRIPT
#!/bin/sh
exec '$LOADER' --argv0 llama-server --library-path '$LIBRARIES:$LIBRARIES/llama' '$FILES/usr/bin/llama-server' "\$@"
SCRIPT
chmod +x "$DEST/bin/llama-server"
run "llama-server starts" "$DEST/bin/llama-server" --version
printf '%s\n' "$RECIPE $DEST" >"$DEST/stamp"
printf '[%4ds] %s: %s\n' "$SECONDS" "$DEST/bin/llama-server" "$(grep -m 1 '^version' "$LOG")"
