# shellcheck shell=bash
# Just enough HTTP to ask a service on this machine whether it is ready; no curl needed.

# answers_ok HOST PORT PATH: is the answer 200, within two seconds? Asked often while services start and
# need the processor: so no process is made for it.
answers_ok() {
  local line=
  { exec 7<>"/dev/tcp/$1/$2"; } 2>/dev/null || return 1
  printf 'GET %s HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n' "$3" "$1" "$2" 2>/dev/null >&7 || true
  IFS= read -r -t 2 line <&7 || true
  exec 7>&-
  [[ $line == 'HTTP/1.1 200'* ]]
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
