# shellcheck shell=bash
# How the launcher speaks: plain lines, and one line when it gives up.

say() { printf '%s\n' "$*"; }

warn() { printf 'tercet: %s\n' "$*" >&2; }

# One line that says what to do, and the end. In a subshell it ends only that: callers check.
fail() {
  warn "$*"
  exit 1
}

# Milliseconds since the epoch.
now_ms() {
  if [[ -n ${EPOCHREALTIME:-} ]]; then
    local stamp=${EPOCHREALTIME//[.,]/}
    printf '%s' "${stamp%???}"
  else
    date +%s%3N
  fi
}

# seconds_since MILLISECONDS: how long ago that was, as "3.2".
seconds_since() {
  local elapsed=$(($(now_ms) - $1))
  printf '%d.%d' $((elapsed / 1000)) $((elapsed % 1000 / 100))
}
