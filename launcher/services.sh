# shellcheck shell=bash
# The four services: their names, their ports and how each is started. JVM flags live in launcher/jvm.

# In the order in which they are shown. All start at once: each waits for the others by itself.
readonly SERVICES=(web-gateway chat-service file-service http-raw-server)

declare -rA PORT_SETTING=(
  [web-gateway]=TERCET_PORT
  [chat-service]=TERCET_CHAT_PORT
  [file-service]=TERCET_FILES_PORT
  [http-raw-server]=TERCET_PAGES_PORT
)
declare -rA MANAGEMENT_SETTING=(
  [web-gateway]=TERCET_GATEWAY_MANAGEMENT_PORT
  [chat-service]=TERCET_CHAT_MANAGEMENT_PORT
  [file-service]=TERCET_FILES_MANAGEMENT_PORT
  [http-raw-server]=TERCET_PAGES_MANAGEMENT_PORT
)
declare -rA READINESS_PATH=(
  [web-gateway]=/actuator/health/readiness
  [chat-service]=/actuator/health/readiness
  [file-service]=/actuator/health/readiness
  [http-raw-server]=/health/ready
)
declare -rA PURPOSE=(
  [web-gateway]='the front door: page, HTTP, WebSocket'
  [chat-service]='people, rooms, messages'
  [file-service]='files; FTP on TERCET_FTP_PORT'
  [http-raw-server]='pages and published sites'
)

service_port() {
  local setting=${PORT_SETTING[$1]}
  printf '%s' "${!setting}"
}

management_port() {
  local setting=${MANAGEMENT_SETTING[$1]}
  printf '%s' "${!setting}"
}

# The folder that a service runs from: its jar, its libraries and its AOT cache.
run_folder() { printf '%s' "$TERCET_HOME/build/run/$1"; }

# java_command SERVICE: fills the array COMMAND. The flags are the same with a cache as when it was
# made, or the JVM would ignore it: only the options appended by the callers differ.
java_command() {
  COMMAND=(
    "$JAVA_HOME/bin/java"
    "@$TERCET_HOME/launcher/jvm/common.args"
    "@$TERCET_HOME/launcher/jvm/$1.args"
  )
}

java_target() { TARGET=(-jar "$(run_folder "$1")/$1.jar"); }
