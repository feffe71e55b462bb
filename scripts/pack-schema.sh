#!/usr/bin/env bash
# The schema of Open-CMSIS-Pack into build/PACK.xsd, which tests/firmware/packages.test.ts holds packs against. It is in no package of a registry. Exit code 3: it cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -e build/PACK.xsd ] && exit 0
mkdir -p build
curl -fsSL --max-time 30 -o build/PACK.xsd.part https://raw.githubusercontent.com/Open-CMSIS-Pack/Open-CMSIS-Pack-Spec/main/schema/PACK.xsd || exit 3
mv build/PACK.xsd.part build/PACK.xsd
