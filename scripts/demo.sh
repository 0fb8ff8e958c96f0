#!/usr/bin/env bash
# Build the demo county in the development database; serve it unless SERVE=0. Safe to repeat.
set -euo pipefail
cd "$(dirname "$0")/.."
manage() { .venv/bin/python manage.py "$@"; }

mkdir -p var
export BASE_URL=http://${HOST:-127.0.0.1}:${PORT:-8000}
manage migrate --verbosity 0
manage load_starter
manage setup_site
manage load_demo

if [ "${SERVE:-1}" != 0 ]; then
    exec scripts/serve.sh
fi
