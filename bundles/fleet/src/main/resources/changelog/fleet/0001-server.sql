--liquibase formatted sql

--changeset slipway:0001-server
create table fleet_server (
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  name text not null,
  description text,
  hostname text,
  public_ipv4 text,
  public_ipv6 text,
  provider text,
  region text,
  labels jsonb not null default '{}',
  pool_id uuid,
  status text not null,
  is_cordoned boolean not null default false,
  is_draining boolean not null default false,
  runtime text not null default 'unknown',
  edge_url text,
  public_host text,
  machine_id text,
  agent_version text,
  docker_reachable boolean,
  os_info text,
  arch text,
  cpu_cores int,
  memory_total_mb bigint,
  disk_total_mb bigint,
  monthly_cost_cents int,
  operation_id uuid,
  last_heartbeat_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Written by agents, read on their own: not part of the row that is listed.
  stream_id uuid,
  stream_node uuid,
  system jsonb not null default '{}',
  containers jsonb not null default '[]',
  app_containers int not null default 0,
  agent_public_key text,
  -- SHA-256 in hex: the secrets are random and long, so a fast hash is enough. Null = none is valid.
  agent_secret_hash text,
  refresh_token_hash text,
  bootstrap_key_hash text,
  constraint fleet_server_status check (status in ('pending', 'installing', 'online', 'degraded',
    'offline', 'quarantined', 'deprovisioning', 'cleanup_failed', 'deleted')),
  constraint fleet_server_runtime check (runtime in ('docker', 'process', 'unknown')));
create unique index fleet_server_name on fleet_server (tenant_id, lower(name)) where status <> 'deleted';
create unique index fleet_server_machine on fleet_server (tenant_id, machine_id) where status <> 'deleted';
create index fleet_server_watched on fleet_server (last_heartbeat_at) where status in ('online', 'degraded');
create index fleet_server_node on fleet_server (stream_node) where stream_node is not null;
select slipway_tenant_table('fleet_server');

--changeset slipway:0001-local
-- Where the platform puts the servers whose agents it starts itself; at most one row.
create table fleet_root (
  one boolean primary key default true check (one),
  tenant_id uuid not null);
select slipway_platform_table('fleet_root');
-- The server that a node of the platform is.
create table fleet_local (
  node uuid primary key,
  tenant_id uuid not null,
  server_id uuid not null);
select slipway_platform_table('fleet_local');

--changeset slipway:0001-signing-key
-- The key of install tokens, sealed; at most one row.
create table fleet_signing_key (
  one boolean primary key default true check (one),
  sealed text not null);
select slipway_platform_table('fleet_signing_key');
