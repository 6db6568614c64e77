--liquibase formatted sql
--changeset slipway:0014-push
-- What became of pushes: one row for each place that a push was meant for.
create table deployments_push (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  environment_id uuid,
  delivery text not null,
  branch text not null,
  commit_sha text not null,
  message text,
  changed_paths int,
  outcome text not null,
  reason text,
  deployment_id uuid,
  pushed_by uuid,
  created_at timestamptz not null,
  constraint deployments_push_delivery
    unique nulls not distinct (app_id, delivery, environment_id),
  constraint deployments_push_outcome check (outcome in ('deployed', 'skipped', 'refused')));
create index deployments_push_by_app on deployments_push (app_id, id);
select slipway_tenant_table('deployments_push');
