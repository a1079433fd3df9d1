#!/bin/sh
# every.sh PERIOD OFFSET COMMAND…: run COMMAND each time the clock (UTC) is OFFSET seconds into a PERIOD of seconds.
# One that fails has said why, and is tried again in the next period. Ends at once when the container is stopped.
# LEAVES_FILES_IN=FOLDER: COMMAND leaves a file there each time; without one younger than PERIOD it runs at the start,
# for a machine that was off then, as Persistent= of systemd's timers does.
set -u
period=$1 offset=$2
shift 2
trap 'exit 0' TERM INT
run() {
  "$@" &
  wait $! || echo "every.sh: $* ended with $?" >&2
}
if [ -n "${LEAVES_FILES_IN:-}" ] &&
  [ -z "$(find "$LEAVES_FILES_IN" -type f ! -name '.*' -mmin "-$((period / 60))")" ]; then
  run "$@"
fi
while :; do
  now=$(date +%s)
  sleep $((period - (now - offset) % period)) &
  wait $!
  run "$@"
done
