#!/usr/bin/env bash
# Install poppler's tools, with which the tests read what people copy out of a leaflet.
set -euo pipefail
run=""
[ "$(id -u)" = 0 ] || run="sudo"
if command -v apt-get >/dev/null && { [ -z "$run" ] || command -v sudo >/dev/null; }; then
  echo "Installing poppler-utils"
  $run apt-get update -qq
  $run apt-get install -y -qq --no-install-recommends poppler-utils >/dev/null
else
  echo "Please install poppler's tools (pdftotext): the tests read with it what people copy out of a leaflet" >&2
  exit 1
fi
