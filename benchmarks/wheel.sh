#!/usr/bin/env bash
# The wheel, installed without any developer's tools, reads a document with no network. Usage: benchmarks/wheel.sh PYTHON
set -euo pipefail
python=$(realpath -s "${1:-python3}")
rm -rf build/wheel && mkdir -p build/wheel
"$python" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir build/wheel .
size=$(du -m build/wheel/reportedly-*.whl | cut -f1)
"$python" -m venv build/wheel/env
build/wheel/env/bin/pip install --quiet --disable-pip-version-check build/wheel/reportedly-*.whl
# What the installation weighs: the files of all packages, without pip's own and without bytecode.
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target build/wheel/files build/wheel/reportedly-*.whl
installed=$(du -sm --apparent-size build/wheel/files | cut -f1)
offline=()
for way in "unshare --net" "unshare --map-root-user --net"; do
    if $way true 2>/dev/null; then read -ra offline <<<"$way"; break; fi
done
cd build/wheel # away from the sources
"${offline[@]}" env/bin/reportedly --help >/dev/null
"${offline[@]}" env/bin/reportedly check
test -f env/lib/python3*/site-packages/reportedly/py.typed
"${offline[@]}" env/bin/reportedly read --json ../../demo/harbour-courier.txt |
    env/bin/python -c 'import json, sys; d = json.load(sys.stdin); assert len(d["attributions"]) > 5, d'
echo "wheel: $size MB, installed with all it needs: $installed MB; reads a document ${offline[*]:-with the network that is there} ${offline[*]:+(no network)}"
if [ "$size" -gt 40 ] || [ "$installed" -gt 250 ]; then
    echo "too large: a wheel may have 40 MB and the whole installation 250 MB" >&2
    exit 1
fi
