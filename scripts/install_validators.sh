#!/bin/sh
# Install the published readers that judge our machine formats, for tests marked `validators`.
#   scripts/install_validators.sh [FOLDER]
# FOLDER defaults to $KERLINT_VALIDATORS, then to build/validators. Needs node and npm; about 110 MB.
# Safe to repeat: nothing is fetched when the pinned versions are there already.
set -eu

sarif_multitool="@microsoft/sarif-multitool-linux@5.7.0"
actions_core="@actions/core@3.0.1"

root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-${KERLINT_VALIDATORS:-$root/build/validators}}
stamp="$folder/.installed"
wanted="$sarif_multitool $actions_core"

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    echo "validators are up to date in $folder"
    exit 0
fi

mkdir -p "$folder"
# --ignore-scripts: nothing of theirs runs while installing; hence the missing executable bit.
npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-save --loglevel=error \
    "$sarif_multitool" "$actions_core"
chmod +x "$folder/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
printf '%s' "$wanted" > "$stamp"
echo "validators installed in $folder"
