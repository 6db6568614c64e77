#!/bin/sh
# Stops the agent of a Slipway control plane and removes it from this machine. What Docker runs stays.
set -u

env_file=@ENV_FILE@
data_dir=@DATA_DIR@
program=@PROGRAM@
supervisor=@SUPERVISOR_FILE@
remover=@REMOVER_FILE@
root=@ROOT@
unit_file=/etc/systemd/system/permanu-agent.service

if [ -z "$root" ] && [ "$(id -u)" -ne 0 ]; then
  printf 'slipway: run this as root\n' >&2
  exit 1
fi
if [ -z "$root" ] && [ -f "$unit_file" ]; then
  systemctl disable --now permanu-agent.service >/dev/null 2>&1
  rm -f "$unit_file"
  systemctl daemon-reload >/dev/null 2>&1
fi
if [ -s "$data_dir/supervisor.pid" ]; then
  old=$(tr -cd '0-9' <"$data_dir/supervisor.pid" | cut -c1-18)
  if [ "${old:-0}" -gt 1 ] && grep -q permanu-agent-run "/proc/$old/cmdline" 2>/dev/null; then
    kill "$old" 2>/dev/null
    while grep -q permanu-agent-run "/proc/$old/cmdline" 2>/dev/null; do
      sleep 1
    done
  fi
fi
rm -f "$env_file" "$program" "$program.previous" "$supervisor"
rm -rf "$data_dir"
rm -f "$remover"
printf 'slipway: the agent is removed\n'
