# shellcheck shell=bash
# Which ports are taken, by whom, and what to change. Read from /proc, so no tool is needed.

# "port inode" of every listening TCP socket.
listening_sockets() {
  local file
  for file in /proc/net/tcp /proc/net/tcp6; do
    [[ -r $file ]] || continue
    local _ here state inode
    while read -r _ here _ state _ _ _ _ _ inode _; do
      [[ $state == 0A ]] && printf '%d %s\n' "0x${here##*:}" "$inode"
    done <"$file"
  done
}

# One line and the end, if one of our ports is taken or may not be used.
check_ports_free() {
  local -A taken=()
  local port inode name
  while read -r port inode; do
    taken[$port]=$inode
  done < <(listening_sockets)
  local lowest
  lowest=$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start 2>/dev/null || echo 1024)
  for name in "${PORT_SETTINGS[@]}"; do
    port=${!name}
    [[ -z ${taken[$port]:-} ]] ||
      fail "port $port is taken$(owner_of_socket "${taken[$port]}"): stop that, or start with $name=<another port>."
    ((port >= lowest || EUID == 0)) ||
      fail "port $port needs root: start with $name=<a port from $lowest>."
  done
}

# " by nginx (pid 4711)" if we may see it.
owner_of_socket() {
  local link pid
  link=$(find /proc/[0-9]*/fd -lname "socket:\\[$1\\]" -print -quit 2>/dev/null || true)
  [[ -n $link ]] || return 0
  pid=${link#/proc/}
  pid=${pid%%/*}
  printf ' by %s (pid %s)' "$(cat "/proc/$pid/comm")" "$pid"
}

# free_ports N: prints N ports that nobody listens on, outside the range of outgoing connections.
free_ports() {
  local -A used=()
  local port _ found=0
  while read -r port _; do
    used[$port]=1
  done < <(listening_sockets)
  while ((found < $1)); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    [[ -z ${used[$port]:-} ]] || continue
    used[$port]=1
    found=$((found + 1))
    printf '%s\n' "$port"
  done
}
