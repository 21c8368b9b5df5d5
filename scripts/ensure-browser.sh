#!/usr/bin/env bash
# Finds a Chromium and Chinese fonts for the end-to-end tests, installing them where missing;
# prints the path of the browser.
. "$(dirname "$0")/lib.sh"

find_browser() {
  local name
  for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$name" ] && has "$name" && "$name" --version >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
  return 1
}

# Whether some font has Chinese characters; macOS always has.
has_fonts() {
  [ "$(uname)" = Darwin ] || { has fc-list && [ -n "$(fc-list :lang=zh family)" ]; }
}

find_browser >/dev/null || install_packages "the end-to-end tests drive a real browser" chromium chromium chromium chromium
has_fonts || install_packages "pages are Chinese, and a browser without the characters shows boxes" \
  "fonts-noto-cjk fontconfig" "google-noto-sans-cjk-fonts fontconfig" "font-noto-cjk fontconfig" font-noto-sans-cjk-sc
find_browser || fail "no browser after installing one" "Set CHROMIUM_PATH to a Chromium or Chrome."
