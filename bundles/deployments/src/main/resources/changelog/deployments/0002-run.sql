--liquibase formatted sql
--changeset slipway:0002-run
-- Restart, stop, start and teardown of an app: work by steps like a deployment, without a version.
create table deployments_action (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  deployment_id uuid,
  kind text not null,
  status text not null,
  operation_id uuid not null,
  error text,
  created_at timestamptz not null,
  finished_at timestamptz,
  looked_at timestamptz not null,
  constraint deployments_action_kind check (kind in ('restart', 'stop', 'start', 'teardown')),
  constraint deployments_action_status check (status in ('running', 'succeeded', 'failed')));
create unique index deployments_action_one_running on deployments_action (app_id)
  where status = 'running';
create index deployments_action_by_app on deployments_action (app_id, id);
create index deployments_action_open on deployments_action (looked_at) where status = 'running';
select slipway_tenant_table('deployments_action');

create table deployments_step (
  id uuid primary key,
  tenant_id uuid not null,
  run_id uuid not null,
  position int not null,
  kind text not null,
  server_id uuid not null,
  target text,
  status text not null,
  attempt int not null,
  command_id uuid,
  deadline_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  result text,
  error text,
  constraint deployments_step_position unique (run_id, position),
  constraint deployments_step_status check (status in
    ('pending', 'running', 'probing', 'succeeded', 'passed', 'failed')));
create index deployments_step_by_command on deployments_step (command_id)
  where command_id is not null;
select slipway_tenant_table('deployments_step');

-- Containers (or processes) that are, or may still be, on a server.
create table deployments_instance (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  deployment_id uuid not null,
  server_id uuid not null,
  name text not null,
  replica int not null,
  leaving boolean not null,
  command_id uuid,
  attempts int not null,
  try_at timestamptz,
  constraint deployments_instance_name unique (server_id, name));
create index deployments_instance_by_app on deployments_instance (app_id, replica);
create index deployments_instance_by_server on deployments_instance (tenant_id, server_id);
create index deployments_instance_by_command on deployments_instance (command_id)
  where command_id is not null;
create index deployments_instance_leaving on deployments_instance (try_at) where leaving;
select slipway_tenant_table('deployments_instance');

create table deployments_route (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  deployment_id uuid not null,
  server_id uuid not null,
  domain text not null,
  container_name text not null,
  port int not null,
  constraint deployments_route_domain unique (server_id, domain));
create index deployments_route_by_app on deployments_route (app_id);
create index deployments_route_by_server on deployments_route (tenant_id, server_id);
select slipway_tenant_table('deployments_route');
