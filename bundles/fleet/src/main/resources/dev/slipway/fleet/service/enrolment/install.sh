#!/bin/sh
# Makes this machine a server of Slipway: registers it, writes /etc/permanu-agent.env and starts the
# agent. Running it again is harmless: the machine stays the same server and gets new credentials.
#
# --uninstall     stops the agent and removes all that this script and the agent put on the machine.
# SLIPWAY_AGENT   path of an agent to use; else the one that the operator offers for download is taken,
#                 else permanu-agent or slipway from the PATH.
# SLIPWAY_ROOT    puts everything below this folder and asks for no root; the agent runs unsupervised
#                 by systemd.
set -eu
umask 077

register_url=@REGISTER_URL@
platform_url=@PLATFORM_URL@
insecure=@INSECURE@
agent_url=@AGENT_URL@
agent_sha256=@AGENT_SHA256@
update_key=@UPDATE_KEY@

root=${SLIPWAY_ROOT:-}
env_file=${PERMANU_AGENT_ENV_FILE:-$root/etc/permanu-agent.env}
data_dir=${SLIPWAY_AGENT_DATA:-$root/var/lib/permanu-agent}
program=$root/usr/local/bin/permanu-agent
supervisor=$root/usr/local/sbin/permanu-agent-run
remover=$root/usr/local/sbin/permanu-agent-uninstall
unit_file=/etc/systemd/system/permanu-agent.service
# Set by an agent that has this script renew its credentials: it restarts itself.
renewal=${PERMANU_FORCE_REENROLL:-}

say() {
  printf 'slipway: %s\n' "$1"
}

die() {
  printf 'slipway: %s\n' "$1" >&2
  exit 1
}

# Prints its input as one safe word of JSON.
word() {
  tr -cd 'A-Za-z0-9._:+/ -' | cut -c1-200
}

# Prints a number, 0 where the input is none.
number() {
  tr -cd '0-9' | sed 's/^0*//; s/^$/0/' | cut -c1-18
}

# Prints the text member $1 of the JSON object on its input; values hold no escapes.
member() {
  sed -n 's/.*"'"$1"'"[[:space:]]*:[[:space:]]*"\([^"\\]*\)".*/\1/p' | head -n 1
}

has_systemd() {
  [ -z "$root" ] && [ -d /run/systemd/system ] && command -v systemctl >/dev/null 2>&1
}

case $root$env_file$data_dir in
  *[!A-Za-z0-9._/-]*) die 'paths may hold letters, digits and . _ / - only' ;;
esac

if [ "${1:-}" = --uninstall ]; then
  if [ -x "$remover" ]; then
    exec "$remover"
  fi
  say 'no agent is installed here'
  exit 0
fi

[ "$(uname -s)" = Linux ] || die 'an agent needs Linux'
command -v curl >/dev/null 2>&1 || die 'curl is needed and was not found'
if [ -z "$renewal$root" ] && [ "$(id -u)" -ne 0 ]; then
  die 'run this as root'
fi

find_machine_id() {
  if [ -n "${SLIPWAY_MACHINE_ID:-}" ]; then
    printf '%s' "$SLIPWAY_MACHINE_ID" | word
    return
  fi
  if [ -n "$renewal" ] && [ -s "$data_dir/identity.json" ]; then
    member machine_id <"$data_dir/identity.json"
    return
  fi
  for file in "$root/etc/machine-id" "$root/var/lib/dbus/machine-id"; do
    if [ -s "$file" ]; then
      word <"$file"
      return
    fi
  done
  [ -s "$data_dir/machine-id" ] || tr -d '-' </proc/sys/kernel/random/uuid >"$data_dir/machine-id"
  word <"$data_dir/machine-id"
}

# Sets agent to the command that starts the agent.
find_agent() {
  if [ -n "${SLIPWAY_AGENT:-}" ]; then
    agent=$SLIPWAY_AGENT
    [ -x "${agent%% *}" ] || die "SLIPWAY_AGENT ($SLIPWAY_AGENT) can not be executed"
  elif [ -n "$agent_url" ]; then
    download_agent
  elif command -v permanu-agent >/dev/null 2>&1; then
    agent=$(command -v permanu-agent)
  elif command -v slipway >/dev/null 2>&1; then
    agent="$(command -v slipway) agent"
  else
    die 'no agent was found: install permanu-agent, or let SLIPWAY_AGENT point at one'
  fi
}

# Leaves an agent alone that has updated itself since: it says which one it was installed as.
download_agent() {
  case $(uname -m) in
    x86_64 | amd64) arch=amd64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) die "there is no agent for $(uname -m)" ;;
  esac
  [ -n "$agent_sha256" ] || die 'the operator offers an agent without its checksum'
  agent=$program
  mkdir -p "$root/usr/local/bin"
  if [ -x "$program" ] && same_checksum "$program"; then
    return
  fi
  new=$(mktemp "$root/usr/local/bin/.permanu-agent.XXXXXX")
  if ! curl -fsSL --proto '=http,https' --max-time 300 -o "$new" "$(printf '%s' "$agent_url" | sed "s/{arch}/$arch/")"; then
    rm -f "$new"
    die 'the agent could not be downloaded'
  fi
  if ! same_checksum "$new"; then
    rm -f "$new"
    die 'the downloaded agent has another checksum than the operator says'
  fi
  chmod 755 "$new"
  mv -f "$new" "$program"
}

same_checksum() {
  printf '%s  %s\n' "$agent_sha256" "$1" | sha256sum -c - >/dev/null 2>&1
}

describe_machine() {
  cpus=$(getconf _NPROCESSORS_ONLN 2>/dev/null | number)
  memory=$(sed -n 's/^MemTotal: *\([0-9]*\) kB.*/\1/p' /proc/meminfo | number)
  disk=$(df -Pk / | sed -n '2p' | awk '{print $2}' | number)
  docker=$(docker version --format '{{.Server.Version}}' 2>/dev/null | word || :)
  printf '{"machine_id":"%s","hostname":"%s","os":"%s","arch":"%s","docker_version":"%s",' \
    "$machine_id" "$(uname -n | word)" "$(os_name)" "$(uname -m | word)" "$docker"
  printf '"cpu_cores":%s,"memory_bytes":%s,"disk_bytes":%s}' \
    "$cpus" "$((memory * 1024))" "$((disk * 1024))"
}

os_name() {
  if [ -r /etc/os-release ]; then
    sed -n 's/^PRETTY_NAME="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' /etc/os-release | word
  else
    uname -sr | word
  fi
}

register() {
  answer=$(describe_machine | curl -fsS --max-time 60 -X POST -H 'Content-Type: application/json' \
    --data-binary @- "$register_url") || die 'the machine could not be registered'
  server_id=$(printf '%s' "$answer" | member server_id)
  secret=$(printf '%s' "$answer" | member agent_secret)
  endpoint=$(printf '%s' "$answer" | member grpc_endpoint)
  if [ -z "$server_id" ] || [ -z "$secret" ] || [ -z "$endpoint" ]; then
    die 'the answer to the registration makes no sense'
  fi
}

# Replaces a file by standard input, in one step and for its owner alone.
replace() {
  new=$(mktemp "$1.XXXXXX")
  cat >"$new"
  chmod 600 "$new"
  mv -f "$new" "$1"
}

# What the agent shows over HTTP: to renew its tokens, and to come back when it has lost its secret.
write_identity() {
  printf '{"platform_url":"%s","machine_id":"%s","refresh_token":"%s","bootstrap_key":"%s","renewed_at":%s}\n' \
    "$platform_url" "$machine_id" "$(printf '%s' "$answer" | member refresh_token)" \
    "$(printf '%s' "$answer" | member bootstrap_key)" "$(date +%s)" | replace "$data_dir/identity.json"
  printf '%s\n' "$server_id" | replace "$data_dir/previous-server-id"
}

# The authority that signed the platform's certificate, where it is none of the well-known ones.
write_authority() {
  printf '%s' "$answer" | sed -n 's/.*"ca_certificate"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' |
    awk '{ gsub(/\\n/, "\n"); print }' | replace "$data_dir/ca.pem"
  [ -s "$data_dir/ca.pem" ] || rm -f "$data_dir/ca.pem"
}

write_env() {
  {
    printf 'SERVER_ID=%s\n' "$server_id"
    printf 'AGENT_SECRET=%s\n' "$secret"
    if [ -z "$renewal" ]; then
      printf 'BACKEND_GRPC_ADDR=%s\n' "$endpoint"
      [ "$insecure" != true ] || printf 'AGENT_INSECURE=true\n'
      [ ! -f "$data_dir/ca.pem" ] || printf 'AGENT_CA_FILE=%s\n' "$data_dir/ca.pem"
      printf 'PERMANU_AGENT_ENV_FILE=%s\n' "$env_file"
      printf 'SLIPWAY_AGENT_DATA=%s\n' "$data_dir"
      [ "$agent" != "$program" ] || printf 'SLIPWAY_AGENT_PROGRAM=%s\n' "$program"
      printf 'SLIPWAY_AGENT_UPDATE_KEY=%s\n' "$update_key"
      replaced='BACKEND_GRPC_ADDR|AGENT_INSECURE|AGENT_CA_FILE|PERMANU_AGENT_ENV_FILE|SLIPWAY_AGENT_DATA|'
      replaced="$replaced"'SLIPWAY_AGENT_PROGRAM|SLIPWAY_AGENT_UPDATE_KEY|'
    fi
    # What an operator added by hand stays.
    if [ -f "$env_file" ]; then
      grep -vE "^(${replaced:-}SERVER_ID|AGENT_SECRET)=" "$env_file" || :
    fi
  } | replace "$env_file"
}

write_supervisor() {
  mkdir -p "$root/usr/local/sbin"
  cat >"$supervisor" <<'SUPERVISOR'
@SUPERVISOR@
SUPERVISOR
  fill "$supervisor"
}

write_remover() {
  cat >"$remover" <<'REMOVER'
@REMOVER@
REMOVER
  fill "$remover"
}

# Puts the paths of this machine into a script.
fill() {
  sed -e "s|@ENV_FILE@|'$env_file'|" -e "s|@DATA_DIR@|'$data_dir'|" -e "s|@AGENT@|'$agent'|" \
    -e "s|@PROGRAM@|'$program'|" -e "s|@SUPERVISOR_FILE@|'$supervisor'|" -e "s|@REMOVER_FILE@|'$remover'|" \
    -e "s|@ROOT@|'$root'|" "$1" >"$1.new"
  chmod 755 "$1.new"
  mv -f "$1.new" "$1"
}

start_by_systemd() {
  cat >"$unit_file" <<UNIT
[Unit]
Description=Agent of a Slipway control plane
After=network-online.target docker.service
Wants=network-online.target

[Service]
ExecStart=$supervisor
Restart=always
RestartSec=2
# Apps of the process runtime outlive a restart of their agent.
KillMode=process

[Install]
WantedBy=multi-user.target
UNIT
  chmod 644 "$unit_file"
  systemctl daemon-reload
  systemctl enable permanu-agent.service >/dev/null 2>&1
  systemctl restart permanu-agent.service
  say 'the agent runs as the service permanu-agent'
}

stop_supervisor() {
  if [ -s "$data_dir/supervisor.pid" ]; then
    old=$(number <"$data_dir/supervisor.pid")
    if [ "$old" -gt 1 ] && grep -q permanu-agent-run "/proc/$old/cmdline" 2>/dev/null; then
      kill "$old" || :
      while grep -q permanu-agent-run "/proc/$old/cmdline" 2>/dev/null; do
        sleep 1
      done
    fi
  fi
}

start_by_supervisor() {
  stop_supervisor
  nohup "$supervisor" >/dev/null 2>&1 &
  printf '%s\n' "$!" >"$data_dir/supervisor.pid"
  say "there is no systemd: the agent is kept running by $supervisor until the next boot"
}

mkdir -p "$data_dir" "${env_file%/*}"
machine_id=$(find_machine_id)
[ -n "$machine_id" ] || die 'this machine has no machine id'
if [ -n "$renewal" ]; then
  register
  write_identity
  write_env
  say "server $server_id has new credentials"
  exit 0
fi
find_agent
register
write_identity
write_authority
write_env
write_supervisor
write_remover
if has_systemd; then
  start_by_systemd
else
  start_by_supervisor
fi
say "this machine is server $server_id"
