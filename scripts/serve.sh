#!/usr/bin/env bash
# Serve the development site on HOST:PORT with the worker beside it; Ctrl-C ends both.
set -euo pipefail
cd "$(dirname "$0")/.."
address=${HOST:-127.0.0.1}:${PORT:-8000}
pids=()

stop() {
    trap - EXIT INT TERM
    kill "${pids[@]}" 2>/dev/null || true
    wait "${pids[@]}" 2>/dev/null || true
}
trap stop EXIT
trap 'stop; exit 130' INT
trap 'stop; exit 143' TERM

if (exec 3<>"/dev/tcp/${address/:/\/}") 2>/dev/null; then
    echo "Something serves on $address already. Stop it, or choose another port: make demo PORT=8001" >&2
    exit 1
fi

.venv/bin/python manage.py qcluster &
pids+=($!)
.venv/bin/python manage.py runserver --noreload "$address" &
pids+=($!)
echo "Serving on http://$address/ with the worker running. Ctrl-C stops both."
# Whichever ends first ends the other.
wait -n "${pids[@]}"
