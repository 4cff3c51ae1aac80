#!/bin/sh
# The paper path of the printer in the tests. ippeveprinter calls it for each job with the file that
# came; while there is a file named "stopped", the job waits and the printer says the reasons in it.
file=$1
printer=$(dirname "$(dirname "$file")")
echo "$IPP_MEDIA_COL $IPP_SIDES quality=$IPP_PRINT_QUALITY" >>"$printer/asked"
if [ -f "$printer/stopped" ]; then
    reasons=$(cat "$printer/stopped" 2>/dev/null)
    [ -z "$reasons" ] || echo "STATE: +$reasons" >&2
    while [ -f "$printer/stopped" ]; do sleep 0.05; done
    [ -z "$reasons" ] || echo "STATE: -$reasons" >&2
fi
cp "$file" "$printer/paper/.$(basename "$file")"
mv "$printer/paper/.$(basename "$file")" "$printer/paper/$(basename "$file")"
