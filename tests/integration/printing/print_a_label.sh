#!/bin/sh
# The paper path of the printer in the tests. ippeveprinter calls it for each job with the file that
# came; while there is a file named "stopped", the job waits and the printer says the reasons in it.
file=$1
printer=$(dirname "$(dirname "$file")")
echo "$IPP_MEDIA_COL $IPP_SIDES quality=$IPP_PRINT_QUALITY" >>"$printer/asked"
if [ -f "$printer/stopped" ]; then
    reasons=$(cat "$printer/stopped")
    [ -z "$reasons" ] || echo "STATE: +$reasons" >&2
    read -r _ <"$printer/continue"
    [ -z "$reasons" ] || echo "STATE: -$reasons" >&2
fi
cp "$file" "$printer/paper/.$(basename "$file")"
mv "$printer/paper/.$(basename "$file")" "$printer/paper/$(basename "$file")"
