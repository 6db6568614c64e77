--liquibase formatted sql
--changeset slipway:0004-environment
create table apps_environment (
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  app_id uuid not null,
  name text not null,
  slug text not null,
  stage text not null,
  branch text,
  server_id uuid,
  hostname text,
  domain_id uuid,
  hostname_at timestamptz,
  auto_deploy boolean not null,
  is_protected boolean not null,
  promotes_from_id uuid,
  current_deployment_id uuid,
  status text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint apps_environment_name unique (app_id, name),
  constraint apps_environment_slug unique (app_id, slug),
  -- Over all tenants: a name leads to one place.
  constraint apps_environment_hostname unique (hostname),
  constraint apps_environment_owner unique (tenant_id, id),
  constraint apps_environment_sibling unique (app_id, id),
  constraint apps_environment_app foreign key (tenant_id, app_id)
    references apps_app (tenant_id, id) on delete cascade,
  constraint apps_environment_promotes_from foreign key (app_id, promotes_from_id)
    references apps_environment (app_id, id),
  constraint apps_environment_domain check (
    (hostname is null) = (domain_id is null) and (hostname is null) = (hostname_at is null)),
  constraint apps_environment_stage check (stage in
    ('development', 'preview', 'staging', 'production')),
  constraint apps_environment_status check (status in
    ('idle', 'deploying', 'running', 'degraded', 'failed', 'stopped')));
create index apps_environment_by_server on apps_environment (server_id) where server_id is not null;
select slipway_tenant_table('apps_environment');
