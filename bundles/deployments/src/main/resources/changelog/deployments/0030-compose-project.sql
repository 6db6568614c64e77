--liquibase formatted sql
--changeset slipway:0030-compose-project
-- What apps of a Compose file have on a server besides the containers that answer requests.
create table deployments_compose_project (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  environment_id uuid,
  server_id uuid not null,
  name text not null,
  state text not null,
  containers jsonb not null,
  command_id uuid,
  constraint deployments_compose_project_name unique (server_id, name),
  constraint deployments_compose_project_state check (state in ('up', 'leaving', 'purging')));
create index deployments_compose_project_by_app on deployments_compose_project (app_id);
create index deployments_compose_project_by_server
  on deployments_compose_project (tenant_id, server_id);
create index deployments_compose_project_by_command on deployments_compose_project (command_id)
  where command_id is not null;
select slipway_tenant_table('deployments_compose_project');
