--liquibase formatted sql

--changeset slipway:0005-orphan
create table fleet_orphan (
  id uuid primary key,
  tenant_id uuid not null,
  server_id uuid not null,
  -- The machine outlives its server's row: whoever enrols it again sweeps it.
  machine_id text,
  kind text not null,
  name text not null,
  owner_kind text,
  owner_id uuid,
  reason text not null,
  status text not null,
  attempts int not null default 0,
  last_error text,
  next_attempt_at timestamptz,
  command_id uuid,
  created_at timestamptz not null,
  constraint fleet_orphan_status check (status in ('pending', 'sweeping', 'failed')),
  constraint fleet_orphan_once unique (server_id, kind, name));
create index fleet_orphan_due on fleet_orphan (next_attempt_at) where status = 'pending';
create index fleet_orphan_machine on fleet_orphan (tenant_id, machine_id);
select slipway_tenant_table('fleet_orphan');
