# shellcheck shell=bash
# The data folder: who may use it, the service secret, and the logs.
#
# While anybody uses it, run/lock is locked: by the run's worker and, as they inherit descriptor 8,
# by every service. A launcher that was killed therefore blocks a second start until its services ended.

readonly LOGS_KEPT=5
readonly LOG_BYTES_MAX=$((20 * 1024 * 1024))

# Makes the folder and takes the lock; one line and the end where that cannot be.
open_data() {
  local hint="choose another folder with TERCET_DATA, or make this one yours"
  if [[ ! -d $TERCET_DATA ]]; then
    (umask 077 && mkdir -p "$TERCET_DATA") 2>/dev/null ||
      fail "cannot make the data folder $TERCET_DATA: $hint."
  fi
  if ! mkdir -p "$TERCET_DATA/run" "$TERCET_DATA/logs" 2>/dev/null || ! (: >>"$TERCET_DATA/run/lock") 2>/dev/null; then
    fail "cannot write to the data folder $TERCET_DATA: $hint."
  fi
  lock_data
}

lock_data() {
  exec 8>>"$TERCET_DATA/run/lock"
  if flock -n 8; then
    return
  fi
  local launcher
  launcher=$(cat "$TERCET_DATA/run/launcher.pid" 2>/dev/null || true)
  if [[ -n $launcher ]] && kill -0 "$launcher" 2>/dev/null; then
    fail "Tercet already runs on $TERCET_DATA (pid $launcher): stop it with Ctrl-C there or bin/tercet stop, or start on another folder with TERCET_DATA."
  fi
  say "The last run on $TERCET_DATA was killed and is still ending: waiting for it."
  flock -w 30 8 ||
    fail "services of an earlier run still use $TERCET_DATA: see them with bin/tercet status, end them with bin/tercet stop."
}

# What the services prove themselves with to each other: 64 hexadecimal digits, only ours to read.
make_service_secret() {
  local file=$TERCET_SERVICE_SECRET_FILE
  if [[ -e $file ]]; then
    [[ -r $file ]] || fail "cannot read the service secret $file: make it yours, or delete it and a new one is made."
    return
  fi
  (
    umask 077
    mkdir -p "$(dirname "$file")" &&
      od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n' >"$file.new" &&
      mv "$file.new" "$file"
  ) || fail "cannot write the service secret $file: check TERCET_SERVICE_SECRET_FILE."
}

log_file() { printf '%s' "$TERCET_DATA/logs/$1.log"; }

# x.log becomes x.log.1, and so on; the oldest goes.
rotate_log() {
  local log=$1 number
  [[ -s $log ]] || return 0
  for ((number = LOGS_KEPT - 1; number >= 1; number--)); do
    [[ ! -e $log.$number ]] || mv -f "$log.$number" "$log.$((number + 1))"
  done
  cp -p "$log" "$log.1"
  # Emptied, not replaced: a service that runs goes on appending to the same file.
  : >"$log"
}

rotate_large_logs() {
  local service log
  for service in "${SERVICES[@]}"; do
    log=$(log_file "$service")
    if [[ -e $log ]] && (($(stat -c %s "$log") > LOG_BYTES_MAX)); then
      rotate_log "$log"
    fi
  done
}
