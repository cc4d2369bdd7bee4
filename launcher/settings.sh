# shellcheck shell=bash
# Settings: names, kinds, defaults, and where they come from. docs/settings.md explains each; bin/lint
# compares the two. The environment wins over the file, the file over the default.

# name kind default (nothing: derived in derive_settings, or left to the service)
readonly SETTINGS='
TERCET_DATA path data
TERCET_BIND address 127.0.0.1
TERCET_LISTEN address 127.0.0.1
TERCET_PORT port 8080
TERCET_CHAT_PORT port 8081
TERCET_FILES_PORT port 8082
TERCET_PAGES_PORT port 8083
TERCET_GATEWAY_MANAGEMENT_PORT port 9080
TERCET_CHAT_MANAGEMENT_PORT port 9081
TERCET_FILES_MANAGEMENT_PORT port 9082
TERCET_PAGES_MANAGEMENT_PORT port 9083
TERCET_FTP_PORT port 2121
TERCET_FTP_PASSIVE_PORTS ports 2130-2139
TERCET_FTP_PASSIVE_ADDRESS text
TERCET_FTP_PLAIN loopback|anyone loopback
TERCET_CHAT_URL url
TERCET_FILES_URL url
TERCET_PAGES_URL url
TERCET_SERVICE_SECRET_FILE path
TERCET_GUESTS true|false true
TERCET_SITES_DOMAIN text pages.localhost
TERCET_SITES_URL text
TERCET_ALLOWED_ORIGINS text
TERCET_CHAT_DATABASE_URL text
TERCET_CHAT_DATABASE_USER text
TERCET_CHAT_DATABASE_PASSWORD text
TERCET_WEB_ROOT path web-ui/dist
TERCET_MODEL one-by-one|processes|threads|pool|virtual-threads|select|poll|epoll epoll
TERCET_HANDLER files|echo|wait|compute files
TERCET_ACCESS_LOG text
TERCET_ACCESS_LOG_FORMAT combined|json combined
TERCET_TRUSTED_PROXIES text
TERCET_MANAGEMENT_TOKEN_FILE path
TERCET_READY_SECONDS seconds 180
TERCET_SETTINGS path .tercet.env
'

declare -A SETTING_KIND=() SETTING_DEFAULT=()
PORT_SETTINGS=()
while read -r name kind default; do
  [[ -n $name ]] || continue
  SETTING_KIND[$name]=$kind
  SETTING_DEFAULT[$name]=$default
  [[ $kind != port ]] || PORT_SETTINGS+=("$name")
done <<<"$SETTINGS"

# Reads, checks and exports every setting.
load_settings() {
  warn_of_unknown_environment
  local file=${TERCET_SETTINGS:-$TERCET_HOME/.tercet.env}
  if [[ -e $file ]]; then
    read_settings_file "$file"
  elif [[ -n ${TERCET_SETTINGS:-} ]]; then
    fail "TERCET_SETTINGS names $file, which does not exist."
  fi
  local name default
  for name in "${!SETTING_KIND[@]}"; do
    if [[ -z ${!name:-} ]]; then
      default=${SETTING_DEFAULT[$name]}
      [[ -n $default ]] || continue
      [[ ${SETTING_KIND[$name]} != path ]] || default=$TERCET_HOME/$default
      export "$name=$default"
    else
      export "${name?}"
    fi
    check_setting "$name" "${SETTING_KIND[$name]}" "${!name}"
  done
  derive_settings
  check_ports_differ
}

# Settings whose default follows from others.
derive_settings() {
  TERCET_DATA=$(absolute "$TERCET_DATA")
  TERCET_WEB_ROOT=$(absolute "$TERCET_WEB_ROOT")
  local near=$TERCET_LISTEN
  [[ $near == 0.0.0.0 || $near == :: ]] && near=127.0.0.1
  : "${TERCET_CHAT_URL:=http://$near:$TERCET_CHAT_PORT}"
  : "${TERCET_FILES_URL:=http://$near:$TERCET_FILES_PORT}"
  : "${TERCET_PAGES_URL:=http://$near:$TERCET_PAGES_PORT}"
  : "${TERCET_SERVICE_SECRET_FILE:=$TERCET_DATA/service-secret}"
  TERCET_SERVICE_SECRET_FILE=$(absolute "$TERCET_SERVICE_SECRET_FILE")
  [[ -z ${TERCET_MANAGEMENT_TOKEN_FILE:-} ]] ||
    TERCET_MANAGEMENT_TOKEN_FILE=$(absolute "$TERCET_MANAGEMENT_TOKEN_FILE")
  export TERCET_DATA TERCET_WEB_ROOT TERCET_CHAT_URL TERCET_FILES_URL TERCET_PAGES_URL \
    TERCET_SERVICE_SECRET_FILE
}

# NAME=value a line, # comments, optional quotes. Read, never executed.
read_settings_file() {
  local file=$1 line name value number=0
  [[ -r $file && ! -d $file ]] || fail "cannot read the settings file $file: check its permissions."
  while IFS= read -r line || [[ -n $line ]]; do
    number=$((number + 1))
    line=${line%$'\r'}
    [[ $line =~ ^[[:space:]]*(#|$) ]] && continue
    [[ $line =~ ^[[:space:]]*([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] ||
      fail "$file, line $number: a line is NAME=value."
    name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
    [[ $value =~ ^\"(.*)\"$ || $value =~ ^\'(.*)\'$ ]] && value=${BASH_REMATCH[1]}
    [[ -n ${SETTING_KIND[$name]:-} ]] ||
      fail "$file, line $number: $name is not a setting$(did_you_mean "$name"); docs/settings.md lists them."
    if [[ ${SETTING_KIND[$name]} == path && -n $value && $value != /* ]]; then
      value=$(cd "$(dirname "$file")" && pwd)/$value
    fi
    [[ -n ${!name:-} ]] || export "$name=$value"
  done <"$file"
}

# A misspelt name in the environment changes nothing: say so, and go on.
warn_of_unknown_environment() {
  local name
  for name in $(compgen -e TERCET_ || true); do
    case $name in
      # Of tests, containers and continuous integration.
      TERCET_TEST_* | TERCET_SYSTEM_* | TERCET_CI_* | TERCET_ROOT | TERCET_VERSION | TERCET_CHROMIUM | \
        TERCET_NOTHING_LEFT_OUT) continue ;;
    esac
    [[ -n ${SETTING_KIND[$name]:-} ]] ||
      warn "$name is not a setting and is ignored$(did_you_mean "$name"); docs/settings.md lists them."
  done
}

# " (did you mean TERCET_PORT?)" for the known name at the smallest edit distance, if it is near.
did_you_mean() {
  awk -v given="$1" '
    function least(a, b, c) { return a < b ? (a < c ? a : c) : (b < c ? b : c) }
    function distance(a, b,    i, j, row, upper, left) {
      for (j = 0; j <= length(b); j++) row[j] = j
      for (i = 1; i <= length(a); i++) {
        upper = row[0]; row[0] = i
        for (j = 1; j <= length(b); j++) {
          left = row[j]
          row[j] = least(row[j] + 1, row[j - 1] + 1, upper + (substr(a, i, 1) != substr(b, j, 1)))
          upper = left
        }
      }
      return row[length(b)]
    }
    $1 { d = distance(given, $1); if (best == "" || d < nearest) { best = $1; nearest = d } }
    END { if (nearest <= 5) printf " (did you mean %s?)", best }' <<<"$SETTINGS"
}

check_setting() {
  local name=$1 kind=$2 value=$3
  case $kind in
    port) is_port "$value" || fail "$name is '$value': a port is a number from 1 to 65535." ;;
    ports) check_port_range "$name" "$value" ;;
    seconds)
      [[ $value =~ ^[1-9][0-9]{0,4}$ ]] || fail "$name is '$value': it is a number of seconds, at least 1." ;;
    address)
      [[ $value =~ ^([0-9]{1,3}\.){3}[0-9]{1,3}$ || $value == *:*:* ]] ||
        fail "$name is '$value': it is an IP address of this machine, such as 127.0.0.1 or 0.0.0.0." ;;
    url) [[ $value =~ ^https?://[^[:space:]]+$ ]] || fail "$name is '$value': it is an http:// address." ;;
    *'|'*) [[ "|$kind|" == *"|$value|"* ]] || fail "$name is '$value': it is ${kind//|/ or }." ;;
  esac
}

is_port() { [[ $1 =~ ^[0-9]{1,5}$ ]] && ((10#$1 >= 1 && 10#$1 <= 65535)); }

check_port_range() {
  local first=${2%%-*} last=${2##*-}
  if ! { is_port "$first" && is_port "$last" && ((first <= last)); }; then
    fail "$1 is '$2': a range of ports is first-last, such as 2130-2139."
  fi
}

check_ports_differ() {
  local name
  local -A owner=()
  for name in "${PORT_SETTINGS[@]}"; do
    [[ -z ${owner[${!name}]:-} ]] ||
      fail "${owner[${!name}]} and $name are both ${!name}: give one of them another port."
    owner[${!name}]=$name
  done
}

absolute() { if [[ $1 == /* ]]; then printf '%s' "$1"; else printf '%s' "$PWD/$1"; fi; }
