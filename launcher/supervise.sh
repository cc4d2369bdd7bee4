# shellcheck shell=bash
# Starting, watching and stopping the services.
#
# Three processes. The launcher is what people start, and does nothing but wait and hand on signals: bash
# (5.2, say) may run a trap while it parses a command substitution, and lose its place. The worker has no
# traps; it is the parent of the services. Its standard input is a pipe from the launcher: a line asks it
# to stop, and the end of the pipe means that the launcher is gone. The watchdog has a pipe from the
# worker, and stops the services if that is gone. So whichever is killed, nothing is left.
#
# Descriptors of the worker: 0 and 6 the launcher's pipe, 8 the lock on the data folder, inherited by services
# and watchdog on purpose, 9 the watchdog's pipe, which must reach nobody else.

readonly DEATHS_MAX=5           # deaths of one service within DEATHS_SECONDS end the run
readonly DEATHS_SECONDS=60
readonly LAST_LINES=12          # of a log, shown when its service failed
STOP_SECONDS=15                 # from TERM to KILL

declare -A PID=()        # of each service that was started
declare -A DEATHS=()     # when it died lately, in seconds of this run
declare -A RESTART_AT=() # when it is to be started again
declare -A UNREADY=()    # since when it is waited for, in milliseconds
LAUNCHER=
FOLLOWED=                # the launcher's parent, if the run ends with it
TOOL=
WATCHDOG=

# hand_on COMMAND...: the launcher. Starts a worker and waits for it.
hand_on() {
  local worker status asked=143 interrupted
  # Pipes that are opened for both: from the first nothing comes, so that reading it is a wait that a
  # trap interrupts; the worker reads the second by an opening of its own, which ends when we do.
  exec 6<> <(:) 7<> <(:)
  "$TERCET_HOME/bin/tercet" worker $$ "$PPID" "$@" </proc/self/fd/7 6>&- 7>&- &
  worker=$!
  trap 'interrupted=true asked=130; printf "stop\n" >&7' INT
  trap 'interrupted=true; printf "stop\n" >&7' TERM HUP
  while kill -0 "$worker" 2>/dev/null; do
    read -r -t 0.5 -u 6 _ || true
  done
  while true; do
    interrupted=false status=0
    wait "$worker" || status=$?
    $interrupted || break
  done
  ((status != 143)) || status=$asked
  exit "$status"
}

# worker LAUNCHER GRANDPARENT COMMAND ARGUMENT...
worker() {
  LAUNCHER=$1
  # What stops a group of processes reaches us too; the launcher's word counts.
  trap '' INT TERM HUP
  # Has no effect but one: bash does not report a service that was killed in words of its own.
  trap : KILL
  # A service that ends while it is asked whether it is ready must not end us.
  trap : PIPE
  exec 6<&0 </dev/null
  if [[ ${4:-} == --follow ]]; then
    FOLLOWED=$2
  fi
  "$3" "${@:4}"
}

take_charge() {
  exec 9> >(exec setsid bash "$TERCET_HOME/launcher/watchdog.sh" "$TERCET_DATA/run" "$STOP_SECONDS" 6>&-)
  WATCHDOG=$!
  rm -f "$TERCET_DATA"/run/*.pid
  printf '%s\n' "$LAUNCHER" >"$TERCET_DATA/run/launcher.pid"
}

parent_is_gone() {
  local parent
  [[ -n $FOLLOWED ]] || return 1
  read -r _ _ _ parent _ 2>/dev/null <"/proc/$LAUNCHER/stat" || return 0
  [[ $parent != "$FOLLOWED" ]]
}

# pause SECONDS: waits, without a process, until somebody asks to stop. Returns 1 if somebody did.
pause() {
  local status=0
  read -r -t "$1" -u 6 _ || status=$?
  # More than 128: nothing to read in this time.
  if ((status <= 128)) || parent_is_gone; then
    return 1
  fi
}

# tool PROGRAM ARGUMENT...: runs it to its end, or until somebody asks to stop.
tool() {
  local status=0
  (trap - TERM && exec "$@" </dev/null 5>&- 6>&- 8>&- 9>&-) &
  TOOL=$!
  while kill -0 "$TOOL" 2>/dev/null; do
    pause 0.1 || finish
  done
  wait "$TOOL" || status=$?
  TOOL=
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
    trap - TERM
    exec "${COMMAND[@]}" "$@" "${TARGET[@]}" >>"$(log_file "$service")" 2>&1 </dev/null 6>&- 9>&-
  ) &
  PID[$service]=$!
  UNREADY[$service]=$(now_ms)
}

is_running() { [[ -n ${PID[$1]:-} ]] && kill -0 "${PID[$1]}" 2>/dev/null; }

is_ready() {
  local host=$TERCET_LISTEN port=${MANAGEMENT_SETTING[$1]}
  case $host in
    0.0.0.0) host=127.0.0.1 ;;
    ::) host=::1 ;;
  esac
  answers_ok "$host" "${!port}" "${READINESS_PATH[$1]}"
}

# Returns when all are ready; finishes the run when one dies or takes too long.
await_ready() {
  local service deadline=$((SECONDS + TERCET_READY_SECONDS))
  while ((${#UNREADY[@]} > 0)); do
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
    ((${#UNREADY[@]} == 0)) || pause 0.2 || finish
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
  stop_services || true
  leave 1
}

# Until somebody asks to stop: starts again what died, keeps the logs small.
watch_services() {
  local service next_rotation=$((SECONDS + 30))
  while pause 1; do
    for service in "${SERVICES[@]}"; do
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
# left then, or when somebody asks again. Returns 1 if something had to be killed.
stop_services() {
  local service left status deadline=$((SECONDS + STOP_SECONDS))
  signal_services TERM
  while true; do
    left=()
    for service in "${!PID[@]}"; do
      is_running "$service" && left+=("$service")
    done
    ((${#left[@]} > 0)) || return 0
    ((SECONDS < deadline)) || break
    status=0
    read -r -t 0.1 -u 6 _ || status=$?
    ((status != 0)) || break
    # The end of the pipe comes at once and stays.
    ((status > 128)) || sleep 0.1
  done
  warn "${left[*]} had to be killed."
  signal_services KILL
  return 1
}

# The end of a run that was asked to stop: 0 if the stack was up and everything ended by itself.
finish() {
  local status=143
  [[ -z $TOOL ]] || kill -TERM "$TOOL" 2>/dev/null || true
  if ((${#PID[@]} > 0)); then
    ((${#UNREADY[@]} > 0)) || status=0
    say "Stopping."
    stop_services || status=1
  fi
  leave "$status"
}

leave() {
  if [[ -n $WATCHDOG ]]; then
    rm -f "$TERCET_DATA"/run/*.pid
    exec 9>&-
    wait "$WATCHDOG" 2>/dev/null || true
  fi
  exit "$1"
}
