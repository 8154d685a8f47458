# Sourced by the other scripts: installs what is missing and configures a build.
#
# Nothing is done twice: packages are asked for only when one of them is not installed, and a
# configured build folder is left to ninja.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

build_packages=(
  g++ cmake ninja-build ccache npm ca-certificates
  libre2-dev libyaml-cpp-dev nlohmann-json3-dev libfmt-dev libexpected-dev libtomlplusplus-dev
  libcli11-dev libgit2-dev libgcrypt20-dev libssl-dev
)
test_packages=(libgtest-dev libgmock-dev git python3)
check_packages=(clang clang-format clang-tidy libclang-rt-14-dev)

say() { printf '%s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else say "oakum: cannot install packages without root; please run: $*"; exit 2
  fi
}

# need PACKAGE...: installs those that are missing.
need() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null ||
    { say "oakum: these packages are needed and apt-get is not here: ${missing[*]}"; exit 2; }
  say "oakum: installing ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null' sh \
    "${missing[@]}" >&2
}

# build PRESET TARGET...: configures build/PRESET once and builds the targets. Quiet unless it fails.
build() {
  local preset=$1 log
  shift
  log=$(mktemp)
  if ! { [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"$log" 2>&1; } ||
     ! ninja -C "build/$preset" "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    say "oakum: the build failed"
    exit 2
  fi
  rm -f "$log"
}
