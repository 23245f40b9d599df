#!/usr/bin/env bash
# Install the two system libraries that pip cannot bring: Pango and the HarfBuzz subsetter.
set -euo pipefail
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
if command -v apt-get >/dev/null; then
  run=""
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "Please install as root: apt-get install $packages" >&2
      exit 1
    fi
    run="sudo"
  fi
  echo "Installing $packages"
  $run apt-get update -qq
  $run apt-get install -y -qq --no-install-recommends $packages >/dev/null
else
  case "$(uname -s)" in
    Darwin) echo "Please install Pango and HarfBuzz: brew install pango harfbuzz" >&2 ;;
    *) echo "Please install Pango (pango, pangoft2) and HarfBuzz with its subsetter (libharfbuzz-subset) with your system's package manager:" >&2
       echo "  Fedora: dnf install pango harfbuzz    Arch: pacman -S pango harfbuzz    Alpine: apk add pango harfbuzz-subset" >&2 ;;
  esac
  exit 1
fi
