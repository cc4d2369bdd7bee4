# shellcheck shell=bash
# What a person reads: the table after a start, status, memory.

welcome() {
  local service host=localhost
  [[ $TERCET_BIND == 127.0.0.1 || $TERCET_BIND == 0.0.0.0 || $TERCET_BIND == :: ]] || host=$TERCET_BIND
  say ""
  say "Tercet is ready after $1 s: http://$host:$TERCET_PORT"
  say ""
  local row='  %-12s %-16s %s\n'
  for service in "${SERVICES[@]}"; do
    # shellcheck disable=SC2059
    printf "$row" "$(service_port "$service")" "$service" "${PURPOSE[$service]}; health and metrics on $(management_port "$service")"
  done
  # shellcheck disable=SC2059
  printf "$row" "$TERCET_FTP_PORT" file-service "FTP; its data connections on $TERCET_FTP_PASSIVE_PORTS"
  say ""
  say "Data: $TERCET_DATA"
  say "Logs: $TERCET_DATA/logs"
  say "Ctrl-C stops everything."
}

# The pid of a service that runs on this data folder, or nothing.
pid_of() {
  local pid
  pid=$(cat "$TERCET_DATA/run/$1.pid" 2>/dev/null) || return 0
  if [[ $(tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline") == *"/$1.jar" ]]; then
    printf '%s' "$pid"
  fi
}

launcher_pid() {
  local pid
  pid=$(cat "$TERCET_DATA/run/launcher.pid" 2>/dev/null) || return 0
  if grep -q tercet "/proc/$pid/cmdline" 2>/dev/null; then
    printf '%s' "$pid"
  fi
}

# Exit code 0 if all are ready.
show_status() {
  local service pid state cache all=0
  for service in "${SERVICES[@]}"; do
    pid=$(pid_of "$service")
    cache=
    if [[ -z $pid ]]; then
      state='not running'
    elif is_ready "$service"; then
      state=ready
    else
      state='not ready'
    fi
    [[ $state == ready ]] || all=1
    if [[ -n $pid ]]; then
      cache='no AOT cache'
      ! grep -q 'app\.aot$' "/proc/$pid/maps" || cache='AOT cache'
    fi
    printf '%-16s %-12s port %-6s %s\n' "$service" "$state" "$(service_port "$service")" "${pid:+pid $pid, $cache}"
  done
  return "$all"
}

# Proportional set sizes: pages shared between the services count once.
show_memory() {
  local service pid pss sum=0
  for service in "${SERVICES[@]}"; do
    pid=$(pid_of "$service")
    [[ -n $pid ]] || fail "$service does not run on $TERCET_DATA: start it with make run."
    pss=$(awk '$1 == "Pss:" { print $2 }' "/proc/$pid/smaps_rollup")
    sum=$((sum + pss))
    printf '%-16s %6d MiB\n' "$service" $(((pss + 512) / 1024))
  done
  printf '%-16s %6d MiB\n' 'together' $(((sum + 512) / 1024))
}

# Asks the launcher to stop and waits until it has; without one, ends what a killed one left behind.
stop_run() {
  local pid service pids=()
  pid=$(launcher_pid)
  if [[ -n $pid ]]; then
    pids=("$pid")
  else
    for service in "${SERVICES[@]}"; do
      pid=$(pid_of "$service")
      [[ -z $pid ]] || pids+=("$pid")
    done
  fi
  if ((${#pids[@]} == 0)); then
    say "Nothing runs on $TERCET_DATA."
    return 0
  fi
  kill -TERM "${pids[@]}" 2>/dev/null || true
  local tenths
  for ((tenths = 0; tenths < 200; tenths++)); do
    kill -0 "${pids[@]}" 2>/dev/null || break
    sleep 0.1
  done
  for pid in "${pids[@]}"; do
    [[ ! -d /proc/$pid ]] || fail "pid $pid still runs after 20 s: look at $TERCET_DATA/logs, or end it with kill -9 $pid."
  done
}
