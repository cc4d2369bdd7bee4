# shellcheck shell=bash
# What the machine must bring: a JDK 25, Maven and Node. Each is looked for, and missed in one line.

# Exports JAVA_HOME.
need_java() {
  local home
  home=$("$TERCET_HOME/bin/find-jdk") || exit 1
  export JAVA_HOME=$home
}

need_maven() {
  command -v mvn >/dev/null ||
    fail "Maven is missing: install it (Debian: apt install maven; macOS: brew install maven) and run this again."
}

need_node() {
  local version
  version=$(node --version 2>/dev/null) ||
    fail "Node is missing: install Node 20 or newer with npm (https://nodejs.org) and run this again."
  version=${version#v}
  ((${version%%.*} >= 20)) ||
    fail "Node $version is too old: install Node 20 or newer (https://nodejs.org) and run this again."
  command -v npm >/dev/null || fail "npm is missing: install it (Debian: apt install npm) and run this again."
}

# The launcher reads /proc and http-raw-server calls Linux: elsewhere the containers are the way.
need_linux() {
  [[ $(uname -s) == Linux ]] ||
    fail "running Tercet without containers needs Linux; on $(uname -s) start it with: docker compose up"
  ((BASH_VERSINFO[0] > 4 || (BASH_VERSINFO[0] == 4 && BASH_VERSINFO[1] >= 4))) ||
    fail "bash $BASH_VERSION is too old: install bash 4.4 or newer."
  command -v flock >/dev/null ||
    fail "flock is missing: install util-linux (Debian: apt install util-linux) and run this again."
}
