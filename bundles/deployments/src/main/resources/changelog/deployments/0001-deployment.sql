--liquibase formatted sql
--changeset slipway:0001-deployment
create table deployments_deployment (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  project_id uuid,
  server_id uuid not null,
  status text not null,
  trigger text not null,
  branch text,
  commit_sha text,
  commit_message text,
  image text,
  rollback_of uuid,
  reason text,
  preview_url text,
  error_message text,
  created_by uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  live_at timestamptz,
  finished_at timestamptz,
  operation_id uuid not null,
  recipe jsonb not null,
  overrides text,
  no_cache boolean not null,
  clone_dir text,
  app_status_before text,
  progress_seq int not null,
  looked_at timestamptz not null,
  constraint deployments_deployment_status check (status in
    ('pending', 'queued', 'cloning', 'building', 'deploying', 'health_checking', 'live', 'failed',
     'cancelled', 'rolled_back', 'superseded')),
  constraint deployments_deployment_trigger check (trigger in
    ('manual', 'push', 'hook', 'token', 'rollback', 'promotion', 'remediation', 'ci')),
  constraint deployments_deployment_live check ((live_at is not null) = (status in ('live', 'rolled_back')
    or (status = 'superseded' and started_at is not null))));
create unique index deployments_deployment_one_active on deployments_deployment (app_id)
  where status in ('cloning', 'building', 'deploying', 'health_checking');
create unique index deployments_deployment_one_live on deployments_deployment (app_id)
  where status = 'live';
create index deployments_deployment_by_tenant on deployments_deployment (tenant_id, id);
create index deployments_deployment_by_app on deployments_deployment (app_id, id);
create index deployments_deployment_open on deployments_deployment (looked_at)
  where status in ('pending', 'queued', 'cloning', 'building', 'deploying', 'health_checking');
select slipway_tenant_table('deployments_deployment');
