--liquibase formatted sql

--changeset slipway:0002-command
create table fleet_command (
  id uuid primary key,
  -- Order of submission within one millisecond, which the id does not tell.
  seq bigint generated always as identity,
  tenant_id uuid not null,
  -- No foreign key: servers are never deleted, and it would make every submission wait for heartbeats.
  server_id uuid not null,
  type text not null,
  status text not null,
  owner text not null,
  reference_id uuid,
  app_id uuid,
  phase text,
  idempotency_key text,
  -- Sealed; gone once the command is final.
  payload text,
  created_at timestamptz not null,
  deadline_at timestamptz not null,
  dispatched_at timestamptz,
  acked_at timestamptz,
  finished_at timestamptz,
  cancel_asked_at timestamptz,
  -- The stream it was last written to, and since when that stream is known to be gone.
  stream_id uuid,
  lost_at timestamptz,
  result text,
  error text,
  constraint fleet_command_status check (status in ('pending', 'dispatched', 'running', 'completed',
    'failed', 'cancelled', 'expired')),
  constraint fleet_command_once unique (tenant_id, idempotency_key));
create index fleet_command_pending on fleet_command (server_id, seq) where status = 'pending';
create index fleet_command_in_flight on fleet_command (server_id) where status in ('dispatched', 'running');
create index fleet_command_deadline on fleet_command (deadline_at)
  where status in ('pending', 'dispatched', 'running');
create index fleet_command_recent on fleet_command (server_id, seq desc);
create index fleet_command_reference on fleet_command (reference_id) where reference_id is not null;
create index fleet_command_old on fleet_command (finished_at) where finished_at is not null;
select slipway_tenant_table('fleet_command');
