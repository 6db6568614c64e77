--liquibase formatted sql
--changeset slipway:0005-hook
create table deployments_hook (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  name text not null,
  token_hash text not null,
  token_preview text not null,
  branch text,
  last_triggered_at timestamptz,
  trigger_count int not null,
  created_by uuid,
  created_at timestamptz not null,
  constraint deployments_hook_token unique (token_hash));
create index deployments_hook_by_app on deployments_hook (app_id, id);
select slipway_tenant_table('deployments_hook');

create table deployments_rollout_policy (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  strategy text not null,
  steps jsonb not null,
  min_health_score int not null,
  bake_seconds int not null,
  auto_rollback boolean not null,
  max_error_rate_percent double precision,
  max_latency_p95_ms int,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint deployments_rollout_policy_app unique (app_id),
  constraint deployments_rollout_policy_strategy check (strategy in
    ('rolling', 'canary', 'blue_green', 'recreate')));
select slipway_tenant_table('deployments_rollout_policy');
