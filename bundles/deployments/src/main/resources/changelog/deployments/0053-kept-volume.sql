--liquibase formatted sql
--changeset slipway:0053-kept-volume
-- Data that stayed on servers when what it belonged to was deleted.
create table deployments_kept_volume (
  id uuid primary key,
  tenant_id uuid not null,
  server_id uuid not null,
  kind text not null,
  -- What the server calls the volume, or the project that a Compose file's volumes belong to.
  name text not null,
  app_id uuid not null,
  app_slug text not null,
  environment_id uuid,
  environment_slug text,
  -- What the app called the volume.
  volume text,
  deleted text not null,
  kept_at timestamptz not null,
  kept_by uuid,
  -- The operation that deletes it right now.
  purge_id uuid,
  constraint deployments_kept_volume_name unique (server_id, kind, name),
  constraint deployments_kept_volume_kind check (kind in ('volume', 'compose')),
  constraint deployments_kept_volume_deleted check (deleted in ('volume', 'environment', 'app')));
create index deployments_kept_volume_by_tenant on deployments_kept_volume (tenant_id, id);
create index deployments_kept_volume_by_app on deployments_kept_volume (app_id);
create index deployments_kept_volume_by_purge on deployments_kept_volume (purge_id)
  where purge_id is not null;
select slipway_tenant_table('deployments_kept_volume');
