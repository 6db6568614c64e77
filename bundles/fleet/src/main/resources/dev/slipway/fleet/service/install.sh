#!/bin/sh
# Makes this machine a server of Slipway: registers it, writes /etc/permanu-agent.env and starts the
# agent. Running it again is harmless: the machine stays the same server and gets new credentials.
#
# SLIPWAY_AGENT   path of an agent to use; else permanu-agent or slipway from the PATH is taken, else
#                 the one that the operator offers for download.
set -eu
umask 077

register_url=@REGISTER_URL@
insecure=@INSECURE@
agent_url=@AGENT_URL@
agent_sha256=@AGENT_SHA256@

env_file=/etc/permanu-agent.env
data_dir=/var/lib/permanu-agent
unit_file=/etc/systemd/system/permanu-agent.service
supervisor=/usr/local/sbin/permanu-agent-run

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

[ "$(id -u)" -eq 0 ] || die 'run this as root'
[ "$(uname -s)" = Linux ] || die 'an agent needs Linux'
command -v curl >/dev/null 2>&1 || die 'curl is needed and was not found'

find_machine_id() {
  for file in /etc/machine-id /var/lib/dbus/machine-id; do
    if [ -s "$file" ]; then
      word <"$file"
      return
    fi
  done
  mkdir -p "$data_dir"
  [ -s "$data_dir/machine-id" ] || tr -d '-' </proc/sys/kernel/random/uuid >"$data_dir/machine-id"
  word <"$data_dir/machine-id"
}

# Sets agent to the command that starts the agent.
find_agent() {
  if [ -n "${SLIPWAY_AGENT:-}" ]; then
    [ -x "$SLIPWAY_AGENT" ] || die "SLIPWAY_AGENT ($SLIPWAY_AGENT) can not be executed"
    agent=$SLIPWAY_AGENT
  elif command -v permanu-agent >/dev/null 2>&1; then
    agent=$(command -v permanu-agent)
  elif command -v slipway >/dev/null 2>&1; then
    agent="$(command -v slipway) agent"
  elif [ -n "$agent_url" ]; then
    download_agent
  else
    die 'no agent was found: install permanu-agent, or let SLIPWAY_AGENT point at one'
  fi
}

download_agent() {
  case $(uname -m) in
    x86_64 | amd64) arch=amd64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) die "there is no agent for $(uname -m)" ;;
  esac
  [ -n "$agent_sha256" ] || die 'the operator offers an agent without its checksum'
  new=$(mktemp /usr/local/bin/.permanu-agent.XXXXXX)
  curl -fsSL --proto '=http,https' --max-time 300 -o "$new" "$(printf '%s' "$agent_url" | sed "s/{arch}/$arch/")" ||
    die 'the agent could not be downloaded'
  if ! printf '%s  %s\n' "$agent_sha256" "$new" | sha256sum -c - >/dev/null 2>&1; then
    rm -f "$new"
    die 'the downloaded agent has another checksum than the operator says'
  fi
  chmod 755 "$new"
  mv -f "$new" /usr/local/bin/permanu-agent
  agent=/usr/local/bin/permanu-agent
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

write_env() {
  new=$(mktemp "$env_file.XXXXXX")
  {
    printf 'BACKEND_GRPC_ADDR=%s\n' "$endpoint"
    printf 'SERVER_ID=%s\n' "$server_id"
    printf 'AGENT_SECRET=%s\n' "$secret"
    [ "$insecure" != true ] || printf 'AGENT_INSECURE=true\n'
    printf 'PERMANU_AGENT_ENV_FILE=%s\n' "$env_file"
    # What an operator added by hand stays.
    if [ -f "$env_file" ]; then
      grep -vE '^(BACKEND_GRPC_ADDR|SERVER_ID|AGENT_SECRET|AGENT_INSECURE|PERMANU_AGENT_ENV_FILE)=' \
        "$env_file" || :
    fi
  } >"$new"
  chmod 600 "$new"
  mv -f "$new" "$env_file"
}

start_by_systemd() {
  cat >"$unit_file" <<EOF
[Unit]
Description=Agent of a Slipway control plane
After=network-online.target docker.service
Wants=network-online.target

[Service]
EnvironmentFile=$env_file
ExecStart=$agent
Restart=always
RestartSec=2
StateDirectory=permanu-agent

[Install]
WantedBy=multi-user.target
EOF
  chmod 644 "$unit_file"
  systemctl daemon-reload
  systemctl enable permanu-agent.service >/dev/null 2>&1
  systemctl restart permanu-agent.service
  say 'the agent runs as the service permanu-agent'
}

start_by_supervisor() {
  cat >"$supervisor" <<EOF
#!/bin/sh
# Keeps the agent running; its output goes to $data_dir/agent.log.
child=
trap '[ -z "\$child" ] || kill "\$child" 2>/dev/null; exit 0' TERM INT
while :; do
  set -a
  . $env_file
  set +a
  $agent >>$data_dir/agent.log 2>&1 &
  child=\$!
  wait "\$child" || :
  sleep 2
done
EOF
  chmod 755 "$supervisor"
  if [ -s "$data_dir/supervisor.pid" ]; then
    old=$(number <"$data_dir/supervisor.pid")
    if [ "$old" -gt 1 ] && grep -q permanu-agent-run "/proc/$old/cmdline" 2>/dev/null; then
      kill "$old" || :
    fi
  fi
  nohup "$supervisor" >/dev/null 2>&1 &
  printf '%s\n' "$!" >"$data_dir/supervisor.pid"
  say "there is no systemd: the agent is kept running by $supervisor until the next boot"
}

mkdir -p "$data_dir"
machine_id=$(find_machine_id)
[ -n "$machine_id" ] || die 'this machine has no machine id'
find_agent
register
write_env
if [ -d /run/systemd/system ] && command -v systemctl >/dev/null 2>&1; then
  start_by_systemd
else
  start_by_supervisor
fi
say "this machine is server $server_id"
