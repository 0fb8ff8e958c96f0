#!/usr/bin/env bash
# A private PostgreSQL for development and tests: start, stop, url or status.
#
# It listens on 127.0.0.1:5471 only and keeps its data in var/postgresql. Data are not flushed to
# disk and any local user may connect: never use it for a real site.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${POSTGRESQL_PORT:-5471}
url="postgres://gongkai@127.0.0.1:$port/gongkai"
data=$PWD/var/postgresql
runner=()

refuse() {
    echo "$1" >&2
    exit 1
}

find_programs() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [ -z "$found" ] && command -v initdb >/dev/null; then
        found=$(dirname "$(command -v initdb)")
    fi
    [ -n "$found" ] || refuse "PostgreSQL is not installed. As root: apt-get install postgresql"
    bin=$found
}

# PostgreSQL refuses to run as root: its own user runs it, in a folder which that user can reach.
choose_user() {
    [ "$(id -u)" = 0 ] || return 0
    runner=(runuser -u postgres --)
    id postgres >/dev/null 2>&1 || useradd --system --shell /bin/bash postgres
    mkdir -p var
    if ! "${runner[@]}" test -x "$PWD/var"; then
        data=/var/tmp/gongkai-postgresql-$(printf %s "$PWD" | cksum | cut -d ' ' -f 1)
    fi
}

as_owner() { (cd / && "${runner[@]}" "$@"); }

running() { [ -d "$data" ] && as_owner "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1; }

start() {
    if running; then
        echo "PostgreSQL runs already: $url"
        return
    fi
    if [ ! -s "$data/PG_VERSION" ]; then
        mkdir -p "$data"
        chmod 700 "$data"
        [ ${#runner[@]} = 0 ] || chown postgres: "$data"
        as_owner "$bin/initdb" -D "$data" -U gongkai --auth=trust --encoding=UTF8 \
            --locale=C.UTF-8 --no-sync >/dev/null
        as_owner tee -a "$data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 256MB
CONF
    fi
    as_owner "$bin/pg_ctl" -D "$data" -l "$data/server.log" -w -t 60 start >/dev/null ||
        refuse "PostgreSQL did not start; its log is $data/server.log"
    as_owner "$bin/psql" -h 127.0.0.1 -p "$port" -U gongkai -d postgres -qAtc \
        "SELECT 1 FROM pg_database WHERE datname = 'gongkai'" | grep -q 1 ||
        as_owner "$bin/createdb" -h 127.0.0.1 -p "$port" -U gongkai gongkai
    echo "PostgreSQL runs: $url"
    echo "Use it with: DATABASE_URL=$url make test"
}

stop() {
    running || return 0
    as_owner "$bin/pg_ctl" -D "$data" -m fast -w stop >/dev/null
    echo "PostgreSQL stopped."
}

case ${1:-} in
start) find_programs; choose_user; start ;;
stop)
    [ -d var/postgresql ] || ls -d /var/tmp/gongkai-postgresql-* >/dev/null 2>&1 || exit 0
    find_programs; choose_user; stop ;;
status) find_programs; choose_user; running && echo "running: $url" || { echo stopped; exit 1; } ;;
url) echo "$url" ;;
*) refuse "Say what to do: $0 start | stop | status | url" ;;
esac
