#!/usr/bin/env bash
# Installs real editors under one folder, for the end-to-end tests (make editors). Nothing in it is needed by users.
#
#   editors/install.sh [DEST] [PART ...]        DEST: .cache/editors    PART: vscode nvim helix (default: all three)
#
#   DEST/bin/nvim, DEST/bin/hx   Neovim 0.12 and Helix 25.07 as Debian's unstable suite builds them, run by that suite's
#                                own loader and libraries, so that the machine's own stay untouched
#   DEST/cs                      code-server (VS Code in a browser) and playwright-core; the browser is Debian's chromium
#
# Wants Debian 12 and node 20, and root where Debian packages are missing. Uses the package sources that apt and npm
# are already configured for. Each part leaves a stamp: a second run does nothing, a changed recipe runs again.
set -euo pipefail

CODE_SERVER=4.100.3  # VS Code 1.100.3: the newest whose code-server runs on node 20
PLAYWRIGHT=1.65.1
NEOVIM=0.12          # at least
HELIX=25.07          # at least
RECIPE=1             # raised when a change of this script has to run again

cd "$(dirname "$0")/.."
DEST=.cache/editors
PARTS=()
for arg in "$@"; do
  case $arg in
    vscode | nvim | helix) PARTS+=("$arg") ;;
    -h | --help) sed -n '2,13s/^# \{0,1\}//p' "editors/install.sh"; exit 0 ;;
    -*) echo "install.sh: unknown option $arg (see --help)" >&2; exit 2 ;;
    *) DEST=$arg ;;
  esac
done
[ ${#PARTS[@]} -gt 0 ] || PARTS=(vscode nvim helix)
mkdir -p "$DEST/bin" "$DEST/log" "$DEST/stamps"
DEST=$(cd "$DEST" && pwd)
LOG=$DEST/log/install.log

say() { printf '[%4ds] %s\n' "$SECONDS" "$*"; }

fail() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}

# run WHAT COMMAND...: says what, keeps the command's output for the case that it fails
run() {
  local what=$1
  shift
  say "$what"
  "$@" >"$LOG" 2>&1 </dev/null && return
  tail -n 40 "$LOG" >&2
  fail "failed: $what (all of the output: $LOG)"
}

stamped() { [ "$(cat "$DEST/stamps/$1" 2>/dev/null)" = "$2" ]; }
stamp() { printf '%s\n' "$2" >"$DEST/stamps/$1"; }

# debian PACKAGE...: installs those that the machine lacks
debian() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  [ "$(id -u)" = 0 ] || fail "run as root, or install first: apt-get install ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  run "package lists" apt-get -q -o DPkg::Lock::Timeout=300 update
  run "Debian packages: ${missing[*]}" \
    apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}"
}

# --- VS Code -----------------------------------------------------------------------------------------------------

npm_install() { npm install --no-audit --no-fund --ignore-scripts --loglevel=error "$@"; }

# compile FOLDER [OPTION...]: builds one native module against the headers that came with node
compile() {
  local folder=$1
  shift
  run "build $(basename "$folder")" \
    env -C "$folder" JOBS="$(nproc)" node "$GYP" rebuild --nodedir="$NODE_PREFIX" "$@"
}

install_vscode() {
  local version="$CODE_SERVER $PLAYWRIGHT $RECIPE" cs=$DEST/cs
  stamped vscode "$version" && { say "VS Code: there already"; return; }
  command -v npm >/dev/null || fail "node 20 with npm is needed for VS Code"
  rm -f "$cs/.ready"
  NODE_PREFIX=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  [ -f "$NODE_PREFIX/include/node/node.h" ] || fail "no headers of node under $NODE_PREFIX/include/node"
  GYP=$(npm root -g 2>/dev/null)/npm/node_modules/node-gyp/bin/node-gyp.js
  [ -f "$GYP" ] || fail "npm comes without node-gyp ($GYP)"
  debian build-essential python3 pkg-config libkrb5-dev libx11-dev libxkbfile-dev libsecret-1-dev ripgrep \
    chromium fonts-dejavu-core

  mkdir -p "$cs"
  [ -f "$cs/package.json" ] || printf '{"private": true, "type": "module"}\n' >"$cs/package.json"
  run "code-server $CODE_SERVER, playwright-core $PLAYWRIGHT" \
    npm_install --prefix "$cs" "code-server@$CODE_SERVER" "playwright-core@$PLAYWRIGHT"
  local server=$cs/node_modules/code-server
  local vscode=$server/lib/vscode
  run "VS Code's modules" npm_install --prefix "$vscode" --omit=dev
  run "modules of its extensions" npm_install --prefix "$vscode/extensions" --omit=dev
  native_modules "$server" "$vscode"
  adjust_layout "$vscode"
  run "code-server starts" node "$server/out/node/entry.js" --version
  run "chromium starts" chromium --version
  stamp vscode "$version"
  touch "$cs/.ready"
  say "VS Code: $cs"
}

# npm's own install scripts would fetch prebuilt files from elsewhere, so they are off and the modules are built here.
native_modules() {
  local server=$1 vscode=$2 module argon2
  for module in @vscode/spdlog native-watchdog node-pty kerberos; do
    [ ! -f "$vscode/node_modules/$module/binding.gyp" ] || compile "$vscode/node_modules/$module"
  done
  argon2=$(env -C "$server" node -p 'require("path").dirname(require.resolve("argon2/package.json"))')
  compile "$argon2" --module_name=argon2 --module_path="$argon2/lib/binding/napi-v3"
  mkdir -p "$argon2/lib/binding/napi-v3"
  [ -f "$argon2/lib/binding/napi-v3/argon2.node" ] ||
    cp "$argon2/build/Release/argon2.node" "$argon2/lib/binding/napi-v3/"
}

# What code-server's own install script would have put in place.
adjust_layout() {
  local vscode=$1
  mkdir -p "$vscode/node_modules/@vscode/ripgrep/bin"
  ln -sf /usr/bin/rg "$vscode/node_modules/@vscode/ripgrep/bin/rg"
  rm -rf "$vscode/node_modules.asar"
  ln -s node_modules "$vscode/node_modules.asar"
  ln -sf code-linux.sh "$vscode/bin/remote-cli/code-server"
  ln -sf browser-linux.sh "$vscode/bin/helpers/browser.sh"
}

# --- Neovim and Helix --------------------------------------------------------------------------------------------

# unstable ROOT APT-ARGUMENT...: apt-get on a package database of its own, on the mirror that this machine uses already
unstable() {
  local root=$1
  shift
  apt-get -q -y -o Dir::State="$root/state" -o Dir::State::status="$root/state/status" -o Dir::Cache="$root/cache" \
    -o Dir::Etc::sourcelist="$root/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferencesparts=/dev/null -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=0 "$@"
}

# the mirror that the machine's own sources name
mirror() {
  apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Identifier: Packages' |
    awk '$2 == "bookworm" {print $1; exit}'
}

# unpack EDITOR PACKAGE: the package and all it depends on, unpacked under DEST/EDITOR; none of their scripts is run
unpack() {
  local root=$DEST/$1 package=$2 source
  source=$(mirror)
  if [ -z "$source" ] && [ "$(id -u)" = 0 ]; then  # apt tells of its sources only once it has their lists
    run "package lists" apt-get -q -o DPkg::Lock::Timeout=300 update
    source=$(mirror)
  fi
  [ -n "$source" ] || fail "apt has no list of Debian bookworm: run apt-get update as root"
  rm -rf "$root"
  mkdir -p "$root/apt/state/lists/partial" "$root/apt/cache/archives/partial" "$root/files"
  : >"$root/apt/state/status"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s sid main\n' "$source" >"$root/apt/sources.list"
  run "list of Debian unstable" unstable "$root/apt" update
  run "download $package" unstable "$root/apt" install --download-only --no-install-recommends "$package"
  say "unpack $package"
  local archive
  for archive in "$root"/apt/cache/archives/*.deb; do dpkg-deb -x "$archive" "$root/files"; done
  rm -rf "$root/apt"
}

# own_loader EDITOR PROGRAM: a copy of the program that uses the unpacked loader and libraries
own_loader() {
  local files=$DEST/$1/files program=$2 loader libraries
  loader=$(find "$files/usr/lib" -maxdepth 2 -name 'ld-linux-*.so.*' | head -n 1)
  [ -n "$loader" ] || fail "no dynamic loader among the unpacked files of $1"
  libraries=$(dirname "$loader")
  mkdir -p "$DEST/$1/bin"
  cp "$files/$program" "$DEST/$1/bin/"
  run "link $1 with its own libraries" patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" \
    "$DEST/$1/bin/$(basename "$program")"
}

# at_least VERSION MINIMUM
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]; }

install_nvim() {
  stamped nvim "$NEOVIM $RECIPE $DEST" && { say "Neovim: there already"; return; }
  debian patchelf tmux
  unpack nvim neovim
  own_loader nvim usr/bin/nvim
  # Neovim looks for its runtime in ../share and for its parsers in ../lib, seen from the program
  ln -sfn "$DEST/nvim/files/usr/share" "$DEST/nvim/share"
  ln -sfn "$DEST/nvim/files/usr/lib" "$DEST/nvim/lib"
  ln -sfn "$DEST/nvim/bin/nvim" "$DEST/bin/nvim"
  local version
  version=$("$DEST/bin/nvim" --version | sed -n '1s/^NVIM v//p')
  at_least "${version:-0}" "$NEOVIM" || fail "Neovim $NEOVIM or newer is needed, Debian unstable has ${version:-none that starts}"
  stamp nvim "$NEOVIM $RECIPE $DEST"
  say "Neovim $version: $DEST/bin/nvim"
}

install_helix() {
  stamped helix "$HELIX $RECIPE $DEST" && { say "Helix: there already"; return; }
  debian patchelf tmux
  unpack helix hx
  own_loader helix usr/lib/hx/hx
  ln -sfn "$DEST/helix/files/usr/lib/hx/runtime" "$DEST/helix/bin/runtime"
  ln -sfn "$DEST/helix/bin/hx" "$DEST/bin/hx"
  local version
  version=$("$DEST/bin/hx" --version | awk '{print $2; exit}')
  at_least "${version:-0}" "$HELIX" || fail "Helix $HELIX or newer is needed, Debian unstable has ${version:-none that starts}"
  stamp helix "$HELIX $RECIPE $DEST"
  say "Helix $version: $DEST/bin/hx"
}

for part in "${PARTS[@]}"; do "install_$part"; done
say "done: ${PARTS[*]}"
