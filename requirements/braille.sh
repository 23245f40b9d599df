#!/usr/bin/env bash
# Install liblouis, which makes braille; leaflets are built without .brf files where that is not possible.
set -u
run=""
[ "$(id -u)" = 0 ] || run="sudo"
if command -v apt-get >/dev/null && { [ -z "$run" ] || command -v sudo >/dev/null; }; then
  echo "Installing liblouis20"
  $run apt-get update -qq && $run apt-get install -y -qq --no-install-recommends liblouis20 >/dev/null && exit 0
fi
echo "There is no liblouis here and it could not be installed: no braille (.brf) is made" >&2
exit 0
