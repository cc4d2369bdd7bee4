#!/usr/bin/env bash
# Ends the services when the worker of a run is gone, however it went.
#
# Standard input is a pipe whose other end only the worker holds. End of file means that it ended: by
# itself, and then nothing is left to do, or by kill -9, and then the services are ours to stop. It runs
# in a session of its own, so that what kills the run's group leaves it alone, and holds the data
# folder's lock (descriptor 8), so that nobody starts there before it is done.
#
# usage: watchdog.sh RUN_FOLDER STOP_SECONDS
set -uo pipefail

# Pids of services that still run, from their pid files; a pid that another program got since is not ours.
running() {
  local file pid service
  for file in "$1"/*.pid; do
    service=$(basename "$file" .pid)
    pid=$(cat "$file" 2>/dev/null) || continue
    if [[ $(tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline") == *"/$service.jar" ]]; then
      printf '%s\n' "$pid"
    fi
  done
}

main() {
  local run_folder=$1 stop_seconds=$2 tenths left
  trap '' INT HUP TERM
  cat >/dev/null

  mapfile -t left < <(running "$run_folder")
  ((${#left[@]} > 0)) || return 0
  printf 'tercet: the launcher was killed; stopping its services.\n' >&2
  kill -TERM "${left[@]}" 2>/dev/null
  for ((tenths = stop_seconds * 10; tenths > 0 && ${#left[@]} > 0; tenths--)); do
    sleep 0.1
    mapfile -t left < <(running "$run_folder")
  done
  ((${#left[@]} == 0)) || kill -KILL "${left[@]}" 2>/dev/null
  rm -f "$run_folder"/*.pid
}

# Read to its end before it runs: it may be replaced meanwhile.
main "$@"; exit
