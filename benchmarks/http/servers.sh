# shellcheck shell=bash disable=SC2034 # Read by run.
# How each server is started for the benchmark. COMMAND is what it is started with; all serve $FILES on
# their own port, one worker each, and log accesses to $LOGS/<server>.log if that is not empty.

# Those that are measured if none is named: nginx-deferred is not, because it differs in one row only.
readonly SERVERS=(tercet nginx nginx-copy h2o lighttpd jetty netty bare)

readonly -A NAMED=(
  [tercet]='http-raw-server, epoll'
  [nginx]='nginx, sendfile and tcp_nopush'
  [nginx-copy]='nginx without sendfile'
  [nginx-deferred]='nginx, sendfile, listening deferred'
  [h2o]='h2o'
  [lighttpd]='lighttpd'
  [jetty]='Jetty'
  [netty]='Netty, native epoll'
  [bare]='the bare system calls, in C'
)

# A JVM of a peer has the collector of ours and more memory.
readonly PEER_JVM=(-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms64m -Xmx256m
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

is_jvm() { [[ $1 == tercet || $1 == jetty || $1 == netty ]]; }

# command_of SERVER PORT: fills COMMAND.
command_of() {
  local server=$1 port=$2 log=${LOGS:+$LOGS/$1.log} lines
  case $server in
    tercet)
      tercet_command "$port" "-XX:AOTCache=$RUN/app.aot"
      [[ -z $log ]] || COMMAND+=(--access-log "$log")
      ;;
    nginx) nginx_command "$port" on '' ;;
    nginx-copy) nginx_command "$port" off '' ;;
    nginx-deferred) nginx_command "$port" on ' deferred' ;;
    h2o) filled h2o.conf "$port" '' "${log:+access-log: $log}" '' && COMMAND=(h2o -c "$FILLED") ;;
    lighttpd)
      printf -v lines 'server.modules += ("mod_accesslog")\naccesslog.filename = "%s"' "$log"
      filled lighttpd.conf "$port" '' "${log:+$lines}" ''
      COMMAND=(lighttpd -D -f "$FILLED")
      ;;
    jetty) peer_command JettyFiles "$port" && COMMAND+=(${log:+"$log"}) ;;
    netty) peer_command NettyFiles "$port" ;;
    bare) COMMAND=("$RUN/bare" "$port" "$FILES") ;;
  esac
}

# tercet_command PORT JVM-FLAG...: ours as the product starts it, metrics and all limits switched on.
tercet_command() {
  local port=$1
  shift
  COMMAND=(env -u TERCET_FILES_URL -u TERCET_SERVICE_SECRET_FILE
    "$JAVA_HOME/bin/java" "@$TERCET_HOME/launcher/jvm/common.args" "@$TERCET_HOME/launcher/jvm/http-raw-server.args"
    "$@" -jar "$TERCET_HOME/http-raw-server/target/http-raw-server.jar"
    "$FILES" --model epoll --port "$port" --management-port "$((port + 1))")
}

# nginx_command PORT SENDFILE LISTENING: LISTENING is what its `listen` has besides; $log as in command_of.
nginx_command() {
  filled nginx.conf "$1" "$2" "${log:+$log combined buffer=64k}" off "$3"
  COMMAND=(nginx -c "$FILLED")
}

peer_command() {
  local target=$TERCET_HOME/benchmarks/http/peers/target
  COMMAND=("$JAVA_HOME/bin/java" "${PEER_JVM[@]}" -cp "$target/benchmark-peers.jar:$target/lib/*"
    "io.tercet.benchmark.peers.$1" "$2" "$FILES")
}

# filled TEMPLATE PORT SENDFILE LOG WITHOUT-LOG [LISTENING]: writes the configuration of $server, named in FILLED.
filled() {
  FILLED=$RUN/$server.conf
  local text
  text=$(<"$TERCET_HOME/benchmarks/http/servers/$1")
  text=${text//@NAME@/$server}
  text=${text//@PORT@/$2}
  text=${text//@SENDFILE@/$3}
  text=${text//@ACCESS_LOG@/${4:-$5}}
  text=${text//@LISTENING@/${6:-}}
  text=${text//@ROOT@/$FILES}
  printf '%s\n' "${text//@RUN@/$RUN}" >"$FILLED"
}

version_of() {
  case $1 in
    tercet) git -C "$TERCET_HOME" describe --always --dirty --abbrev=10 --exclude='*' ;;
    nginx*) nginx -v 2>&1 | sed 's/.*nginx\///' ;;
    h2o) h2o --version | sed -n 's/^h2o version //p' ;;
    lighttpd) lighttpd -v | sed -n 's/^lighttpd\/\([^ ]*\).*/\1/p' ;;
    jetty) jar_version jetty-server ;;
    netty) jar_version netty-codec-http ;;
    bare) cc --version | head -n 1 ;;
  esac
}

jar_version() {
  local jar
  jar=$(printf '%s\n' "$TERCET_HOME/benchmarks/http/peers/target/lib/$1"-[0-9]*.jar)
  jar=${jar##*/"$1"-}
  printf '%s\n' "${jar%.jar}"
}
