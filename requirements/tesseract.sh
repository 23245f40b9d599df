#!/usr/bin/env bash
# Install Tesseract with the languages that tests read from pictures of pages.
set -u
run=""
[ "$(id -u)" = 0 ] || run="sudo"
languages="ara urd heb"
if command -v apt-get >/dev/null && { [ -z "$run" ] || command -v sudo >/dev/null; }; then
  echo "Installing Tesseract"
  packages="tesseract-ocr tesseract-ocr-eng"
  for language in $languages; do packages="$packages tesseract-ocr-$language"; done
  # shellcheck disable=SC2086
  $run apt-get update -qq && $run apt-get install -y -qq --no-install-recommends $packages >/dev/null && exit 0
fi
echo "There is no Tesseract here and it could not be installed: the tests that read pictures of pages fail" >&2
