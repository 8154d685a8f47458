# Sourced by the other scripts: installs what is missing and configures a build.
#
# Nothing is done twice: packages are asked for only when one of them is not installed, and a
# configured build folder is left to ninja.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

build_packages=(
  g++ cmake ninja-build ccache ca-certificates
  libre2-dev libyaml-cpp-dev nlohmann-json3-dev libfmt-dev libexpected-dev libtomlplusplus-dev
  libcli11-dev libgit2-dev libgcrypt20-dev libssl-dev
)
# Any npm will do, and Debian's does not install beside another vendor's.
command -v npm >/dev/null || build_packages+=(npm)
test_packages=(libgtest-dev libgmock-dev git python3)
# For tests that are skipped where these are missing: real images to hold the model against, and the
# programs that send credentials.
optional_packages=(buildah busybox-static python3-requests python3-pip)
format_packages=(clang-format)
check_packages=(clang clang-tidy libclang-rt-14-dev)

say() { printf '%s\n' "$*" >&2; }

# quietly MESSAGE COMMAND...: shows what the command printed only if it fails, and stops then.
quietly() {
  local message=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    say "oakum: $message"
    exit 2
  fi
  rm -f "$log"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else say "oakum: cannot install packages without root; please run: $*"; exit 2
  fi
}

# find_missing PACKAGE...: sets `missing` to those that are not installed.
find_missing() {
  local package
  missing=()
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
}

# need PACKAGE...: installs those that are missing.
need() {
  local missing
  find_missing "$@"
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null ||
    { say "oakum: these packages are needed and apt-get is not here: ${missing[*]}"; exit 2; }
  say "oakum: installing ${missing[*]}"
  quietly "the installation failed" as_root env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' sh "${missing[@]}"
}

# want PACKAGE...: the same for packages that can be done without.
want() {
  local missing
  find_missing "$@"
  [ ${#missing[@]} -eq 0 ] && return
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    say "oakum: installing ${missing[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      "${missing[@]}" >/dev/null 2>&1 && return
  fi
  say "oakum: doing without ${missing[*]}: the tests that need them are skipped"
}

# configure PRESET [CMAKE OPTION...]: unless build/PRESET is configured with these options already.
configure() {
  local preset=$1 cache=build/$1/CMakeCache.txt option fresh=1
  shift
  [ -f "build/$preset/build.ninja" ] || fresh=0
  for option in "$@"; do
    grep -q "^${option%=*}:[A-Z]*=${option#*=}$" "$cache" 2>/dev/null || fresh=0
  done
  [ $fresh = 1 ] || quietly "configuring failed" cmake --preset "$preset" "${@/#/-D}"
}

# build PRESET TARGET...
build() {
  local preset=$1
  shift
  quietly "the build failed" ninja -C "build/$preset" "$@"
}
