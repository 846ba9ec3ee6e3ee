#!/usr/bin/env bash
# What the browser tests need: Chromium with its driver, fonts, axe-core. Installs what is missing, where it may.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-dejavu-core fonts-noto-core
  else
    echo "chromium and chromedriver are missing; install the packages chromium and chromium-driver" >&2
  fi
fi

if command -v npm >/dev/null; then
  npm install --no-package-lock --no-audit --no-fund --silent
else
  echo "npm is missing; the accessibility tests need it for axe-core" >&2
fi
