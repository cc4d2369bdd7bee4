# shellcheck shell=bash
# Starting, watching and stopping the services. Everything here runs in the launcher's one process.
#
# Descriptors: 6 never has anything to read (a wait without a fork), 8 is the lock on the data folder
# and inherited by services and watchdog on purpose, 9 is the watchdog's pipe and must reach nobody else.

readonly STOP_SECONDS=15        # from TERM to KILL
readonly DEATHS_MAX=5           # deaths of one service within DEATHS_SECONDS end the run
readonly DEATHS_SECONDS=60
readonly LAST_LINES=12          # of a log, shown when its service failed

declare -A PID=()        # of each service that was started
declare -A DEATHS=()     # when it died lately, in seconds of this run
declare -A RESTART_AT=() # when it is to be started again
declare -A UNREADY=()    # since when it is waited for, in milliseconds
STOP_REQUESTS=0
STOP_STATUS=0
TOOL=
FOLLOWED=
WATCHDOG=

stop_on_signals() {
  exec 6<> <(:)
  trap 'request_stop 130' INT
  trap 'request_stop 143' TERM HUP
  # Has no effect but one: bash does not report a service that was killed in words of its own.
  trap : KILL
}

take_charge() {
  stop_on_signals
  exec 9> >(exec setsid bash "$TERCET_HOME/launcher/watchdog.sh" "$TERCET_DATA/run" "$STOP_SECONDS" 6>&-)
  WATCHDOG=$!
  rm -f "$TERCET_DATA"/run/*.pid
  printf '%s\n' "$$" >"$TERCET_DATA/run/launcher.pid"
}

# The second request does not wait any longer.
request_stop() {
  STOP_REQUESTS=$((STOP_REQUESTS + 1))
  STOP_STATUS=$1
  [[ -z $TOOL ]] || kill -TERM "$TOOL" 2>/dev/null || true
  if ((STOP_REQUESTS > 1)); then
    signal_services KILL
  fi
}

# Ends with the process that started us, so that make run, killed, leaves nothing behind.
follow_parent() { FOLLOWED=$PPID; }

parent_is_gone() {
  local parent
  [[ -n $FOLLOWED ]] || return 1
  read -r _ _ _ parent _ <"/proc/$$/stat"
  [[ $parent != "$FOLLOWED" ]]
}

# Waits, a second at most, without a process; a signal ends it.
pause() {
  read -r -t "$1" -u 6 _ || true
  if ((STOP_REQUESTS == 0)) && parent_is_gone; then
    request_stop 143
  fi
}

# tool COMMAND...: runs it so that a request to stop reaches it at once.
tool() {
  ((STOP_REQUESTS == 0)) || finish
  local status=0
  "$@" </dev/null 5>&- 6>&- 8>&- 9>&- &
  TOOL=$!
  while kill -0 "$TOOL" 2>/dev/null; do
    wait "$TOOL" || status=$?
  done
  TOOL=
  ((STOP_REQUESTS == 0)) || finish
  return "$status"
}

# start_service SERVICE JVM_OPTION...
start_service() {
  local service=$1
  shift
  local COMMAND TARGET
  java_command "$service"
  java_target "$service"
  # The pid is on file before there is a JVM, so that the watchdog never misses one.
  (
    printf '%s\n' "$BASHPID" >"$TERCET_DATA/run/$service.pid"
    exec "${COMMAND[@]}" "$@" "${TARGET[@]}" >>"$(log_file "$service")" 2>&1 </dev/null 6>&- 9>&-
  ) &
  PID[$service]=$!
  UNREADY[$service]=$(now_ms)
}

is_running() { [[ -n ${PID[$1]:-} ]] && kill -0 "${PID[$1]}" 2>/dev/null; }

is_ready() {
  [[ $(http_status "$(near_address "$TERCET_LISTEN")" "$(management_port "$1")" "$(readiness_path "$1")") == 200 ]]
}

# Returns when all are ready; finishes the run when one dies or takes too long.
await_ready() {
  local service deadline=$((SECONDS + TERCET_READY_SECONDS))
  while ((${#UNREADY[@]} > 0)); do
    ((STOP_REQUESTS == 0)) || finish
    for service in "${!UNREADY[@]}"; do
      if ! is_running "$service"; then
        note_end "$service"
        give_up "$service" "ended before it was ready ($ENDED)"
      elif is_ready "$service"; then
        unset "UNREADY[$service]"
      elif ((SECONDS >= deadline)); then
        give_up "$service" "is not ready after $TERCET_READY_SECONDS s"
      fi
    done
    ((${#UNREADY[@]} == 0)) || pause 0.2
  done
}

# note_end SERVICE: ENDED becomes how it ended. Not printed: only this process may wait for its children.
note_end() {
  local status=0
  wait "${PID[$1]}" 2>/dev/null || status=$?
  if ((status > 128)); then
    ENDED="signal $(kill -l $((status - 128)) 2>/dev/null || echo $((status - 128)))"
  else
    ENDED="exit code $status"
  fi
}

# give_up SERVICE WHAT: shows why, stops everything, exits 1.
give_up() {
  local log
  log=$(log_file "$1")
  warn "$1 $2. The end of $log:"
  tail -n "$LAST_LINES" "$log" | cut -c1-240 | sed 's/^/  | /' >&2
  STOP_STATUS=1
  stop_services || true
  leave 1
}

# Until somebody asks to stop: starts again what died, keeps the logs small.
watch_services() {
  local service next_rotation=$((SECONDS + 30))
  while ((STOP_REQUESTS == 0)); do
    pause 1
    for service in "${SERVICES[@]}"; do
      ((STOP_REQUESTS == 0)) || break 2
      look_after "$service"
    done
    if ((SECONDS >= next_rotation)); then
      rotate_large_logs
      next_rotation=$((SECONDS + 30))
    fi
  done
}

look_after() {
  local service=$1
  if is_running "$service"; then
    if [[ -n ${UNREADY[$service]:-} ]] && is_ready "$service"; then
      say "$service is ready again after $(seconds_since "${UNREADY[$service]}") s."
      unset "UNREADY[$service]"
    fi
  elif [[ -z ${RESTART_AT[$service]:-} ]]; then
    plan_restart "$service"
  elif ((SECONDS >= RESTART_AT[$service])); then
    unset "RESTART_AT[$service]"
    start_service "$service" "-XX:AOTCache=$(aot_cache "$service")"
  fi
}

# At once the first time, then after 1, 2 and 4 seconds; a service that keeps dying ends the run.
plan_restart() {
  local service=$1 when deaths=()
  note_end "$service"
  for when in ${DEATHS[$service]:-}; do
    ((SECONDS - when >= DEATHS_SECONDS)) || deaths+=("$when")
  done
  deaths+=("$SECONDS")
  DEATHS[$service]=${deaths[*]}
  if ((${#deaths[@]} >= DEATHS_MAX)); then
    give_up "$service" "ended ${#deaths[@]} times within a minute (last: $ENDED)"
  fi
  local delay=$(((1 << (${#deaths[@]} - 1)) / 2))
  RESTART_AT[$service]=$((SECONDS + delay))
  say "$service ended ($ENDED); starting it again$( ((delay == 0)) || printf ' in %s s' "$delay"). Its log: $(log_file "$service")"
}

signal_services() {
  local service
  for service in "${!PID[@]}"; do
    kill "-$1" "${PID[$service]}" 2>/dev/null || true
  done
}

# TERM to all at once: chat-service then closes the sockets that the gateway drains. KILL for what is
# left. Returns 1 if something had to be killed.
stop_services() {
  local service left deadline=$((SECONDS + ${1:-$STOP_SECONDS}))
  signal_services TERM
  while true; do
    left=()
    for service in "${!PID[@]}"; do
      is_running "$service" && left+=("$service")
    done
    ((${#left[@]} > 0)) || return 0
    ((SECONDS < deadline)) || break
    read -r -t 0.1 -u 6 _ || true
  done
  warn "${left[*]} did not end within ${1:-$STOP_SECONDS} s and had to be killed."
  signal_services KILL
  return 1
}

# The end of a run that was asked to stop: 0 if the stack was up and everything ended by itself.
finish() {
  local status=$STOP_STATUS
  ((${#UNREADY[@]} > 0 || ${#PID[@]} == 0)) || status=0
  ((${#PID[@]} == 0)) || say "Stopping."
  stop_services || status=1
  leave "$status"
}

leave() {
  trap '' INT TERM HUP
  if [[ -n $WATCHDOG ]]; then
    rm -f "$TERCET_DATA"/run/*.pid
    exec 9>&-
    wait "$WATCHDOG" 2>/dev/null || true
  fi
  exit "$1"
}
