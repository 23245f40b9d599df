#!/usr/bin/env bash
# Install a Java runtime, on which EPUBCheck runs in the tests.
set -euo pipefail
run=""
[ "$(id -u)" = 0 ] || run="sudo"
if command -v apt-get >/dev/null && { [ -z "$run" ] || command -v sudo >/dev/null; }; then
  echo "Installing default-jre-headless"
  $run apt-get update -qq
  $run apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null
else
  echo "Please install Java 11 or newer: the tests check e-books with EPUBCheck, which runs on it" >&2
  exit 1
fi
