--liquibase formatted sql
--changeset slipway:0016-rollout
-- How requests are divided while several containers answer; empty where all go to the one above.
alter table deployments_route add column shares jsonb not null default '[]';

-- By which policy a deployment is rolled out, as it was when the deployment began.
create table deployments_rollout (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  strategy text not null,
  min_health_score int not null,
  auto_rollback boolean not null,
  max_error_rate_percent double precision,
  max_latency_p95_ms int,
  note text,
  breach text,
  asked_step int,
  answer text,
  created_at timestamptz not null,
  constraint deployments_rollout_strategy check (strategy in
    ('rolling', 'canary', 'blue_green', 'recreate')));
create index deployments_rollout_by_app on deployments_rollout (app_id);
select slipway_tenant_table('deployments_rollout');

-- Steps that wait for a time and have no command.
create index deployments_step_watching on deployments_step (deadline_at)
  where kind = 'watch' and status = 'running';

-- What leads requests back to the version before.
alter table deployments_action drop constraint deployments_action_kind;
alter table deployments_action add constraint deployments_action_kind
  check (kind in ('restart', 'stop', 'start', 'teardown', 'return'));
