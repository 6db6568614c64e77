--liquibase formatted sql
--changeset slipway:0003-archive
create table deployments_archive (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  commit_sha text not null,
  message text,
  files int not null,
  size_bytes bigint not null,
  created_by uuid,
  created_at timestamptz not null);
create index deployments_archive_by_app on deployments_archive (app_id, id);
select slipway_tenant_table('deployments_archive');
