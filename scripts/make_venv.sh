#!/usr/bin/env bash
# Make the virtual environment .venv with the Python given (default python3), or say what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-python3}

refuse() {
    echo "$1" >&2
    exit 1
}

command -v "$python" >/dev/null ||
    refuse "No $python here. As root: apt-get install python3 python3-venv. Then run make again."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    refuse "$("$python" --version) is too old: Python 3.11 or newer is needed. Name it: make PYTHON=python3.11 …"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    refuse "This Python cannot make virtual environments. As root: apt-get install python3-venv. Then run make again."

echo "Making .venv with $("$python" --version)"
rm -rf .venv
"$python" -m venv .venv
