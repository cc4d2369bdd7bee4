# shellcheck shell=bash
# AOT caches: classes loaded, linked and profiled in a rehearsal, so that a start does not do it again.
#
# A cache is only taken by a JVM of the same build, with the same flags and the same jars; otherwise it is
# ignored without a word. So all of these are in its stamp, and a test looks whether it is mapped.

readonly REHEARSAL_SECONDS=600 # for being ready, and for writing the caches; also on a busy machine

aot_cache() { printf '%s' "$(run_folder "$1")/app.aot"; }

# What the cache of a service was made from.
aot_print() {
  cat "$TERCET_HOME/build/stamps/$1" "$JAVA_HOME/release" "$TERCET_HOME"/launcher/jvm/{common,"$1"}.args
  printf '%s\n' "$(run_folder "$1")" "$JAVA_HOME" "${JAVA_TOOL_OPTIONS:-}" "${JDK_JAVA_OPTIONS:-}"
}

make_aot_caches() {
  local service services=()
  for service in "${SERVICES[@]}"; do
    [[ -f $(aot_cache "$service") && $(noted "$service-aot") == "$(aot_print "$service")" ]] ||
      services+=("$service")
  done
  ((${#services[@]} > 0)) || return 0
  say "Rehearsing a start of ${services[*]}, so that the next ones are quick."
  for service in "${services[@]}"; do
    rm -f "$(aot_cache "$service")"*
  done
  local COMMAND
  rehearsal_command "${services[@]}"
  tool "${COMMAND[@]}" || true
  for service in "${services[@]}"; do
    if [[ -f $(aot_cache "$service") ]]; then
      note "$service-aot" "$(aot_print "$service")"
    else
      warn "$service has no AOT cache and will start slower; why: $(rehearsal_data)/logs/$service.log"
    fi
  done
}

rehearsal_data() { printf '%s' "$TERCET_HOME/build/rehearsal"; }

# Fills COMMAND: a process with nobody's settings, free ports and a folder that is thrown away.
rehearsal_command() {
  local name ports
  COMMAND=(env)
  for name in $(compgen -e TERCET_); do
    COMMAND+=(-u "$name")
  done
  mapfile -t ports < <(free_ports 20)
  for name in "${PORT_SETTINGS[@]}"; do
    COMMAND+=("$name=${ports[0]}")
    ports=("${ports[@]:1}")
  done
  rm -rf "$(rehearsal_data)"
  COMMAND+=(
    "TERCET_FTP_PASSIVE_PORTS=${ports[0]}-${ports[0]}"
    "TERCET_READY_SECONDS=$REHEARSAL_SECONDS"
    "TERCET_DATA=$(rehearsal_data)"
    TERCET_SETTINGS=/dev/null
    "$TERCET_HOME/bin/tercet" rehearsal --follow "$@"
  )
}

# --follow SERVICE...: the rehearsal itself, of all services; those named record their caches.
rehearse() {
  local service
  shift
  for service in "${SERVICES[@]}"; do
    if [[ " $* " == *" $service "* ]]; then
      start_service "$service" "-XX:AOTCacheOutput=$(aot_cache "$service").new"
    else
      start_service "$service" "-XX:AOTCache=$(aot_cache "$service")"
    fi
  done
  await_ready
  perform_story
  STOP_SECONDS=$REHEARSAL_SECONDS
  stop_services || true
  for service in "$@"; do
    note_end "$service"
    # One that was killed may have written half of its cache.
    [[ $ENDED != 'signal TERM' ]] || mv "$(aot_cache "$service").new" "$(aot_cache "$service")"
  done
}

# What people do first: read the page, enter, look round, talk.
perform_story() {
  local round cookie
  cookie=$(ask_gateway POST /api/session '{"name":"rehearsal"}' |
    sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p')
  for ((round = 0; round < 10; round++)); do
    ask_gateway GET /
    ask_gateway GET /api/session '' "$cookie"
    ask_gateway GET /api/rooms '' "$cookie"
    ask_gateway PUT "/api/files/people/me/rehearsal-$round.txt" 'All the world is a stage.' "$cookie"
    ask_gateway GET "/api/files/people/me/rehearsal-$round.txt" '' "$cookie"
    ask_gateway GET /api/files/people/me/ '' "$cookie"
  done >/dev/null
}

# ask_gateway METHOD PATH [BODY [COOKIE]]: prints the head of the answer; an error is no matter here.
ask_gateway() {
  local host=127.0.0.1:$TERCET_PORT body=${3:-} request
  request="$1 $2 HTTP/1.1"$'\r\n'"Host: $host"$'\r\n'"Origin: http://$host"$'\r\n'"Connection: close"$'\r\n'
  [[ -z ${4:-} ]] || request+="Cookie: $4"$'\r\n'
  [[ -z $body ]] || request+="Content-Type: application/json"$'\r\n'"Content-Length: ${#body}"$'\r\n'
  http_exchange 127.0.0.1 "$TERCET_PORT" "$request"$'\r\n'"$body" || true
}
