#!/usr/bin/env bash
# Install Node.js and npm, on which the tests of the scripts for browsers run.
set -euo pipefail
run=""
[ "$(id -u)" = 0 ] || run="sudo"
if command -v apt-get >/dev/null && { [ -z "$run" ] || command -v sudo >/dev/null; }; then
  echo "Installing nodejs and npm"
  $run apt-get update -qq
  $run apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
else
  echo "Please install Node.js 18 or newer, and npm: the tests run the scripts for browsers on it" >&2
  exit 1
fi
