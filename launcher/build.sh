# shellcheck shell=bash
# Builds what changed, and only that. A module is up to date while the hashes of the files that it is built
# from equal those noted when its output was made; then neither Maven nor npm is called.

readonly MODULES=(chat-service file-service web-gateway http-raw-server)
# The module whose jar is started in place of a service's own.
declare -rA EXTENDED_BY=([http-raw-server]=http-lab)
SUMS= # "hash  path" of every file that something is built from

# One pass over all of them: this is looked at at each start, and each process costs milliseconds.
take_sums() {
  SUMS=$(cd "$TERCET_HOME" && find pom.xml .mvn web-ui "${MODULES[@]/%//pom.xml}" "${MODULES[@]/%//src/main}" \
    "${EXTENDED_BY[@]/%//pom.xml}" "${EXTENDED_BY[@]/%//src/main}" \
    \( -name node_modules -o -name dist -o -name target \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum)
}

# sums_of PATH...: the lines of SUMS that are about these files and folders.
sums_of() { (IFS='|' && grep -E "^[0-9a-f]+  ($*)(/|\$)" <<<"$SUMS"); }

noted() { cat "$TERCET_HOME/build/stamps/$1" 2>/dev/null || true; }

note() {
  mkdir -p "$TERCET_HOME/build/stamps"
  printf '%s\n' "$2" >"$TERCET_HOME/build/stamps/$1"
}

# One build at a time in this folder.
build_changed() {
  mkdir -p "$TERCET_HOME/build"
  exec 5>"$TERCET_HOME/build/lock"
  flock -n 5 || { say "Another build runs in this folder: waiting for it." && flock 5; }
  take_sums
  build_services
  build_page
  make_aot_caches
  exec 5>&-
}

build_services() {
  local module extension print modules=()
  local -A prints=()
  for module in "${MODULES[@]}"; do
    extension=${EXTENDED_BY[$module]:-$module}
    print=$(sums_of pom.xml .mvn {"$module","$extension"}/{pom.xml,src/main})
    if [[ $print != "$(noted "$module")" || ! -d $(run_folder "$module") ]]; then
      modules+=("$module")
      prints[$module]=$print
    fi
  done
  ((${#modules[@]} > 0)) || return 0
  need_maven
  say "Building ${modules[*]}."
  local list
  list=$(IFS=, && printf '%s' "${modules[*]}")
  for module in "${modules[@]}"; do
    list+=${EXTENDED_BY[$module]:+,${EXTENDED_BY[$module]}}
  done
  tool "$TERCET_HOME/bin/mvn" -q -T 1C -pl "$list" package -Dmaven.test.skip=true ||
    fail "the build failed; the lines above say where. To see all of it: bin/mvn -pl $list package"
  for module in "${modules[@]}"; do
    make_run_folder "$module"
    note "$module" "${prints[$module]}"
  done
}

# The extracted jar starts quicker than the packed one, and an AOT cache needs it.
make_run_folder() {
  local module=$1 built=${EXTENDED_BY[$1]:-$1} folder new
  local target=$TERCET_HOME/$built/target
  folder=$(run_folder "$module")
  new=$folder.new
  rm -rf "$new"
  mkdir -p "$new"
  if [[ -d $target/lib ]]; then
    cp "$target/$built.jar" "$new/$module.jar" && cp -R "$target/lib" "$new/"
  else
    "$JAVA_HOME/bin/java" -Djarmode=tools -jar "$target/$module.jar" \
      extract --destination "$new" --force >/dev/null ||
      fail "cannot extract $target/$module.jar: run make clean and try again."
  fi
  rm -rf "$folder"
  mv "$new" "$folder"
}

build_page() {
  local page=$TERCET_HOME/web-ui print lock
  print=$(sums_of web-ui)
  if [[ $print == "$(noted web-ui)" && -f $page/dist/index.html ]]; then
    return 0
  fi
  need_node
  say "Building web-ui."
  lock=$(sums_of web-ui/package-lock.json)
  if [[ $lock != "$(noted web-ui-packages)" || ! -d $page/node_modules ]]; then
    tool npm --prefix "$page" ci --no-audit --no-fund --loglevel=error ||
      fail "npm could not fetch the page's packages; the lines above say why."
    note web-ui-packages "$lock"
  fi
  tool npm --prefix "$page" run build --silent -- --logLevel warn ||
    fail "the page could not be built; the lines above say where. Alone: npm --prefix web-ui run build"
  note web-ui "$print"
}
