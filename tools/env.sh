#!/bin/sh
# Makes .venv from the lock, or says that it is ready. `make env` runs this from the project's folder.
#
#   .venv/course-ready       the last installation ended well; says in which folder, and from what
#   .venv/course-unfinished  one began and did not end: the next run starts over
# PYTHON=/path/to/python chooses the interpreter.
set -eu

oldest=3.11
usable="import sys; sys.exit(sys.version_info < (3, 11))"
python=.venv/bin/python
here="$(pwd -P)"
made_from="$(cat pyproject.toml requirements.txt tools/env.sh | cksum)"
ready="$here
$made_from"

moved() { # the programs in .venv/bin name the folder they were installed in
    [ -e .venv/course-ready ] && read -r folder <.venv/course-ready && [ "$folder" != "$here" ]
}

works() { [ -x "$python" ] && "$python" -c "$usable" 2>/dev/null; }

if works && [ "$(cat .venv/course-ready 2>/dev/null)" = "$ready" ]; then
    exit 0
fi

explain() {
    echo "$1" >&2
    exit 1
}

find_python() {
    set -- python3.11 python3.12 python3.13 python3.14 python3 python
    [ -z "${PYTHON:-}" ] || set -- "$PYTHON"
    for candidate in "$@"; do
        if "$candidate" -c "$usable" 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    found="$("${PYTHON:-python3}" --version 2>/dev/null)" || found="none that runs"
    explain "The course needs Python $oldest or newer, and found $found. Install one from python.org or with your system's packages, then run make env again (PYTHON=/path/to/python3 make env names one in an unusual place)."
}

make_venv() {
    if command -v uv >/dev/null; then
        echo "Making .venv with uv."
        uv venv --quiet --clear --python "${PYTHON:->=$oldest}" .venv
    else
        chosen="$(find_python)"
        "$chosen" -c "import ensurepip, venv" 2>/dev/null || explain "$chosen cannot make environments. On Debian and Ubuntu, sudo apt install python3-venv adds what is missing; then run make env again."
        echo "Making .venv with $("$chosen" --version)."
        "$chosen" -m venv --clear .venv
    fi
}

install() {
    if command -v uv >/dev/null; then
        uv pip install --quiet --python "$python" "$@"
    else
        "$python" -m pip install -qq --disable-pip-version-check "$@"
    fi
}

if [ -e .venv/course-unfinished ] || moved || ! works; then
    make_venv
elif ! command -v uv >/dev/null && ! "$python" -m pip --version >/dev/null 2>&1; then
    make_venv # by uv, which brings no pip and is gone
fi
touch .venv/course-unfinished
echo "Installing the locked packages into .venv; the first time takes a minute or two."
install --require-hashes -r requirements.txt
install --no-deps --no-build-isolation --editable .
echo "$ready" >.venv/course-ready
rm .venv/course-unfinished
echo "The environment is ready."
