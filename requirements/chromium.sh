#!/usr/bin/env bash
# Install headless Chromium for the tests of web pages, and for `make bench`, which goes on without it where that is not
# possible.
set -u
run=""
[ "$(id -u)" = 0 ] || run="sudo"
if command -v apt-get >/dev/null && { [ -z "$run" ] || command -v sudo >/dev/null; }; then
  echo "Installing chromium"
  $run apt-get update -qq && $run apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "There is no Chromium here and it could not be installed: the tests of web pages fail, and the comparison leaves it out" >&2
