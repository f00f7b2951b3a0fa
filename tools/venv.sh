# shellcheck shell=bash
# Sourced by the check scripts: a Python environment with exactly the packages that a list pins.

# make_venv FOLDER LIST: creates FOLDER, or leaves it alone when it was made from this very list.
make_venv() {
    local folder=$1 list=$2
    if cmp --silent "$list" "$folder/made-from.txt"; then
        return
    fi
    rm -rf "$folder"
    # The machine's own pip installs: some systems keep what venv needs to bring one in another package.
    python3 -m venv --without-pip "$folder"
    python3 -m pip --python "$folder/bin/python" install \
        --quiet --disable-pip-version-check --requirement "$list"
    cp "$list" "$folder/made-from.txt"
}
