--liquibase formatted sql
--changeset slipway:0004-queue
alter table deployments_deployment
  add column intent_id uuid,
  add column approval_state text not null default 'none',
  add column approvals_required int not null default 0,
  add column approval_until timestamptz,
  add column release_name text,
  add column build_id uuid;
alter table deployments_deployment alter column approval_state drop default;
alter table deployments_deployment alter column approvals_required drop default;
alter table deployments_deployment drop constraint deployments_deployment_status;
alter table deployments_deployment add constraint deployments_deployment_status check (status in
  ('pending', 'awaiting_approval', 'queued', 'cloning', 'building', 'deploying', 'health_checking',
   'live', 'failed', 'cancelled', 'rejected', 'rolled_back', 'superseded'));
alter table deployments_deployment add constraint deployments_deployment_approval
  check (approval_state in ('none', 'pending', 'approved', 'rejected'));
create index deployments_deployment_held on deployments_deployment (approval_until)
  where status = 'awaiting_approval';

-- A deployment's place in the queue of its app, kept after it has left it.
create table deployments_intent (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  deployment_id uuid not null,
  branch text,
  commit_sha text,
  trigger text not null,
  reason text not null,
  status text not null,
  decided_by uuid,
  decision_reason text,
  requested_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint deployments_intent_deployment unique (deployment_id),
  constraint deployments_intent_reason check (reason in ('deployment_in_progress',
    'approval_required', 'server_unavailable', 'freeze', 'concurrency')),
  constraint deployments_intent_status check (status in
    ('queued', 'approved', 'dispatched', 'rejected', 'cancelled', 'expired')));
create index deployments_intent_by_app on deployments_intent (app_id, id);
select slipway_tenant_table('deployments_intent');

create table deployments_approval_policy (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  enabled boolean not null,
  environments jsonb not null,
  required_approvals int not null,
  approver_roles jsonb not null,
  approver_user_ids jsonb not null,
  allow_self_approval boolean not null,
  expires_after_minutes int,
  updated_by uuid,
  updated_at timestamptz not null,
  constraint deployments_approval_policy_app unique (app_id));
select slipway_tenant_table('deployments_approval_policy');

create table deployments_approval (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  deployment_id uuid not null,
  user_id uuid not null,
  decision text not null,
  comment text,
  created_at timestamptz not null,
  constraint deployments_approval_voter unique (deployment_id, user_id),
  constraint deployments_approval_decision check (decision in ('approved', 'rejected')));
create index deployments_approval_by_app on deployments_approval (app_id);
select slipway_tenant_table('deployments_approval');

create table deployments_settings (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  default_branch text,
  auto_deploy boolean not null,
  auto_deploy_branches jsonb not null,
  include_paths jsonb not null,
  ignore_paths jsonb not null,
  require_ci_success boolean not null,
  preview_enabled boolean not null,
  concurrency text not null,
  build_timeout_seconds int not null,
  keep_deployments int not null,
  updated_at timestamptz not null,
  constraint deployments_settings_app unique (app_id),
  constraint deployments_settings_concurrency check (concurrency in ('queue', 'cancel_previous')));
select slipway_tenant_table('deployments_settings');
