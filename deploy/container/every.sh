#!/bin/sh
# every.sh PERIOD OFFSET COMMAND…: run COMMAND each time the clock (UTC) is OFFSET seconds into a PERIOD of seconds.
# One that fails has said why, and is tried again in the next period. Ends at once when the container is stopped.
set -u
period=$1 offset=$2
shift 2
trap 'exit 0' TERM INT
while :; do
  now=$(date +%s)
  sleep $((period - (now - offset) % period)) &
  wait $!
  "$@" &
  wait $! || echo "every.sh: $* ended with $?" >&2
done
