#!/usr/bin/env bash
# What the tests need besides Python packages: tesseract, which recognises the text of scans. Installs it where it may.
set -euo pipefail

if command -v tesseract >/dev/null; then
  exit 0
fi
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends tesseract-ocr
else
  echo "tesseract is missing; install the package tesseract-ocr (the tests of scans are skipped without it)" >&2
fi
