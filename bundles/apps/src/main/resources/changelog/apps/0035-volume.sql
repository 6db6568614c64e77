--liquibase formatted sql
--changeset slipway:0035-volume
-- Folders of an app that outlive its deployments.
create table apps_volume (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  name text not null,
  mount_path text not null,
  created_by uuid,
  created_at timestamptz not null,
  constraint apps_volume_name unique (app_id, name),
  constraint apps_volume_app foreign key (tenant_id, app_id)
    references apps_app (tenant_id, id) on delete cascade);
select slipway_tenant_table('apps_volume');
