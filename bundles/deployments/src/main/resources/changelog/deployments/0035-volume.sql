--liquibase formatted sql
--changeset slipway:0035-volume
-- Volumes that are, or may be, on a server; each place of an app has its own.
create table deployments_volume (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  environment_id uuid,
  server_id uuid not null,
  -- What the app calls it, and what the server does.
  volume text not null,
  name text not null,
  -- When an instance got it last.
  kept_at timestamptz not null,
  -- Since when nobody needs what it holds.
  doomed_at timestamptz,
  doomed_because text,
  constraint deployments_volume_name unique (server_id, name));
create index deployments_volume_by_app on deployments_volume (app_id);
create index deployments_volume_by_server on deployments_volume (tenant_id, server_id);
create index deployments_volume_doomed on deployments_volume (doomed_at)
  where doomed_at is not null;
select slipway_tenant_table('deployments_volume');
