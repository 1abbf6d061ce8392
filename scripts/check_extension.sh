#!/bin/sh
# The VS Code extension: installs what builds it (npm, 140 MB, once), checks types, runs its unit tests, packages it.
set -eu
cd "$(dirname "$0")/../editors/vscode"
if ! cmp -s package-lock.json node_modules/.installed; then
    npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
    cp package-lock.json node_modules/.installed
fi
npm run --silent check
npm run --silent test
npm run --silent package
