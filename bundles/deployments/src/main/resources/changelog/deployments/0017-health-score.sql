--liquibase formatted sql
--changeset slipway:0017-health-score
-- The newest score of each deployment.
create table deployments_health_score (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  score int not null,
  verdict text not null,
  components jsonb not null,
  sample_window_seconds int not null,
  computed_at timestamptz not null,
  constraint deployments_health_score_verdict check (verdict in
    ('healthy', 'degraded', 'unhealthy', 'insufficient_data')));
create index deployments_health_score_by_app on deployments_health_score (app_id);
select slipway_tenant_table('deployments_health_score');
create index deployments_deployment_lately_live on deployments_deployment (live_at)
  where status = 'live';
