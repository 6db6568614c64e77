--liquibase formatted sql
--changeset slipway:0019-repository
-- What apps' own repositories take of the disk, for the limit of a tenant.
create table deployments_repository (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  size_bytes bigint not null,
  updated_at timestamptz not null,
  constraint deployments_repository_app unique (app_id));
create index deployments_repository_by_tenant on deployments_repository (tenant_id);
select slipway_tenant_table('deployments_repository');
