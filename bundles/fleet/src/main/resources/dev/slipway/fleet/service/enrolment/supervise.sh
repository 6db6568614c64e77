#!/bin/sh
# Keeps the agent running, under systemd or alone. After an update the new program must report in, which
# shows by its removing update.pending; if it ends or stays silent instead, the program before is put back.
env_file=@ENV_FILE@
data_dir=@DATA_DIR@
agent=@AGENT@
program=@PROGRAM@

child=
stop() {
  if [ -n "$child" ]; then
    kill "$child" 2>/dev/null
    wait "$child" 2>/dev/null
  fi
  exit 0
}
trap stop TERM INT

start() {
  set -a
  # shellcheck disable=SC1090 # lines of NAME=value
  . "$env_file"
  set +a
  if [ -n "${JOURNAL_STREAM:-}" ]; then
    # shellcheck disable=SC2086 # a program and its arguments
    $agent &
  else
    # shellcheck disable=SC2086
    $agent >>"$data_dir/agent.log" 2>&1 &
  fi
  child=$!
}

# Waits for the first report of an updated program, and puts the one before back where none comes.
judge() {
  left=${SLIPWAY_AGENT_UPDATE_SECONDS:-120}
  while [ -f "$data_dir/update.pending" ]; do
    if [ "$left" -le 0 ] || ! kill -0 "$child" 2>/dev/null; then
      kill -9 "$child" 2>/dev/null
      [ ! -f "$program.previous" ] || mv -f "$program.previous" "$program"
      mv -f "$data_dir/update.pending" "$data_dir/update.failed"
      return
    fi
    left=$((left - 1))
    sleep 1 &
    wait $!
  done
}

while :; do
  start
  judge
  wait "$child" 2>/dev/null
  child=
  sleep 2 &
  wait $!
done
