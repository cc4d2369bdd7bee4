# shellcheck shell=bash
# Just enough HTTP to ask a service on this machine whether it is ready; no curl needed.

# http_status HOST PORT PATH: prints the status code, or nothing within two seconds.
http_status() {
  http_exchange "$1" "$2" "GET $3 HTTP/1.1"$'\r\n'"Host: $1:$2"$'\r\n'"Connection: close"$'\r\n\r\n' 2>/dev/null |
    sed -n '1s/^HTTP\/1\.1 \([0-9]*\).*/\1/p'
}

# http_exchange HOST PORT REQUEST: sends the bytes, prints the answer's head (at most 100 lines, 2 s each).
http_exchange() (
  exec 5>&- 6>&- 8>&- 9>&-
  exec 7<>"/dev/tcp/$1/$2" || exit 1
  printf '%s' "$3" >&7
  for ((lines = 0; lines < 100; lines++)); do
    IFS= read -r -t 2 line <&7 || exit 0
    printf '%s\n' "${line%$'\r'}"
    [[ -n ${line%$'\r'} ]] || exit 0
  done
)

# The address at which this machine reaches what listens on $1.
near_address() {
  case $1 in
    0.0.0.0) printf 127.0.0.1 ;;
    ::) printf ::1 ;;
    *) printf '%s' "$1" ;;
  esac
}
