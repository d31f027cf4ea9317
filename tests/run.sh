#!/usr/bin/env bash
# All checks of the ordinary run. Installs chromium by apt where root and lacking; else says what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

need() { # command, Debian package
  command -v "$1" >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
  else
    echo "lacking: $1 — install the package $2 and run again" >&2
    exit 1
  fi
}
need chromium chromium
need jing jing
need epubcheck epubcheck
need soffice libreoffice-writer-nogui

$bin/ruff check .
$bin/mypy
$bin/python -m pytest -q -n 2 "$@"

# the other database: what is most likely to differ there; all of it by `make test-postgres`
[ $# -gt 0 ] || YUEBAO_TESTS_ON=postgresql $bin/python -m pytest -q -n 2 tests/test_archive_engines.py tests/test_archive_homes.py \
  tests/test_archive_damage.py tests/test_archive_record.py tests/test_ask_search.py
