--liquibase formatted sql
--changeset slipway:0015-preview
-- A pull request that runs in an environment of its own, for as long as it is open.
create table deployments_preview (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  environment_id uuid not null,
  deployment_id uuid,
  pull_request_number int not null,
  branch text not null,
  commit_sha text not null,
  fork boolean not null,
  secrets boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  close_reason text,
  constraint deployments_preview_environment unique (environment_id));
create unique index deployments_preview_one_open
  on deployments_preview (app_id, pull_request_number) where closed_at is null;
create index deployments_preview_by_app on deployments_preview (app_id, id);
create index deployments_preview_expiry on deployments_preview (expires_at)
  where closed_at is null;
select slipway_tenant_table('deployments_preview');

create table deployments_preview_rules (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  most int not null,
  when_full text not null,
  ttl_hours int not null,
  forks text not null,
  updated_at timestamptz not null,
  constraint deployments_preview_rules_app unique (app_id),
  constraint deployments_preview_rules_full check (when_full in ('close_oldest', 'refuse')),
  constraint deployments_preview_rules_forks check (forks in ('off', 'approve', 'on')));
select slipway_tenant_table('deployments_preview_rules');
