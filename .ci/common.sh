# shellcheck shell=bash
# What every script here needs: strict mode, where things are, one line per step with its time.
# Sourced, never run.

set -euo pipefail
# Nobody is here to answer questions.
export DEBIAN_FRONTEND=noninteractive

TERCET_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly TERCET_ROOT
# Downloads and half-built root file systems; safe to delete.
readonly CI_CACHE=${TERCET_CI_CACHE:-/var/cache/tercet-ci}
readonly CI_LOGS=${TERCET_CI_LOGS:-$CI_CACHE/logs}
mkdir -p "$CI_CACHE" "$CI_LOGS"

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }

die() {
  say "FAILED: $*" >&2
  exit 1
}

# step NAME COMMAND…: runs it and says how long it took. Must not stand in a condition, where
# bash would switch `set -e` off.
step() {
  local name=$1 begun=$SECONDS
  shift
  say "── $name"
  "$@"
  say "   $name: $((SECONDS - begun)) s"
}

engine_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

image_exists() { docker image inspect "$1" >/dev/null 2>&1; }

# The mirror that this machine itself uses for its Debian packages.
debian_mirror() {
  local mirror
  # shellcheck disable=SC2016 # apt's placeholder, not the shell's
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
    'Origin: Debian' 'Component: main' | head -1)
  printf '%s\n' "${mirror:?no Debian mirror in the configuration of apt}"
}
