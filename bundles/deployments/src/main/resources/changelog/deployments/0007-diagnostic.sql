--liquibase formatted sql
--changeset slipway:0007-diagnostic
create table deployments_diagnostic (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  deployment_id uuid not null,
  server_id uuid not null,
  rule text not null,
  category text not null,
  severity text not null,
  title text not null,
  summary text not null,
  root_cause text,
  suggestion text,
  evidence jsonb not null,
  confidence double precision not null,
  created_at timestamptz not null,
  constraint deployments_diagnostic_rule unique (deployment_id, rule));
create index deployments_diagnostic_by_app on deployments_diagnostic (app_id, id);
select slipway_tenant_table('deployments_diagnostic');
