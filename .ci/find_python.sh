#!/bin/sh
# Prints the Python to build the environment with: PYTHON if it is set, else the first that fits.
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'

for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if "$candidate" -c "$fits" 2>/dev/null; then
        echo "$candidate"
        exit 0
    fi
done

cat >&2 <<END
checkin_app needs Python 3.11, 3.12 or 3.13; ${PYTHON:-python3} here is: $("${PYTHON:-python3}" --version 2>&1)
Install one of them (for example: sudo apt-get install python3.12), or name it: make run PYTHON=/path/to/python3
END
exit 1
