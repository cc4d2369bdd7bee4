#!/usr/bin/env bash
# Ends the services when the launcher is gone, however it went.
#
# Standard input is a pipe whose other end only the launcher holds. End of file means that it ended: by
# itself, and then nothing is left to do, or by kill -9, and then the services are ours to stop. It runs
# in a session of its own, so that what kills the launcher's group leaves it alone, and holds the data
# folder's lock (descriptor 8), so that nobody starts there before it is done.
#
# usage: watchdog.sh RUN_FOLDER STOP_SECONDS
set -uo pipefail

run_folder=$1
stop_seconds=$2
trap '' INT HUP TERM

# Pids of services that still run, from their pid files; a pid that another program got since is not ours.
running() {
  local file pid service
  for file in "$run_folder"/*.pid; do
    [[ -e $file && $file != */launcher.pid ]] || continue
    service=$(basename "$file" .pid)
    pid=$(cat "$file" 2>/dev/null) || continue
    if tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -q "/$service\.jar$"; then
      printf '%s\n' "$pid"
    fi
  done
}

cat >/dev/null

left=$(running)
[[ -n $left ]] || exit 0
printf 'tercet: the launcher was killed; stopping its services.\n' >&2
# Unquoted on purpose: a list of pids.
# shellcheck disable=SC2086
kill -TERM $left 2>/dev/null
for ((tenths = stop_seconds * 10; tenths > 0; tenths--)); do
  left=$(running)
  [[ -n $left ]] || break
  sleep 0.1
done
# shellcheck disable=SC2086
[[ -z $left ]] || kill -KILL $left 2>/dev/null
rm -f "$run_folder"/*.pid
