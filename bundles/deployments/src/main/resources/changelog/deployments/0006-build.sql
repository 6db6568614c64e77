--liquibase formatted sql
--changeset slipway:0006-build
create table deployments_build (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  deployment_id uuid not null,
  release_name text not null,
  commit_sha text,
  branch text,
  framework jsonb not null,
  runtime jsonb not null,
  base jsonb not null,
  image text,
  builder text not null,
  duration_ms bigint not null,
  status text not null,
  created_at timestamptz not null,
  constraint deployments_build_release unique (tenant_id, release_name),
  constraint deployments_build_status check (status in ('succeeded', 'failed')));
create index deployments_build_by_tenant on deployments_build (tenant_id, created_at);
create index deployments_build_by_app on deployments_build (app_id, created_at);
select slipway_tenant_table('deployments_build');

-- The variables that a deployment ran with: hashes of their values by key, sealed.
alter table deployments_deployment add column variables text;
