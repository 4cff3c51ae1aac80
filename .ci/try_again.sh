#!/bin/sh
# Runs a command, up to three times more when it fails: networks stumble, downloads break off.
#   .ci/try_again.sh COMMAND [ARGUMENT…]
# Exit status: the last one's.

for pause_s in 5 20 60; do
    "$@" && exit 0
    echo "That failed. It is tried again in $pause_s seconds (Ctrl+C ends it)." >&2
    sleep "$pause_s"
done
exec "$@"
