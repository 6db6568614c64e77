--liquibase formatted sql
--changeset slipway:0002-app
create table apps_app (
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  name text not null,
  slug text not null,
  project_id uuid,
  server_id uuid,
  source_type text not null,
  repository_id uuid,
  repository_url text,
  branch text not null,
  root_directory text,
  dockerfile_path text,
  image text,
  framework text,
  install_command text,
  build_command text,
  start_command text,
  port int not null,
  health_check_path text not null,
  replicas int not null,
  status text not null,
  current_deployment_id uuid,
  primary_domain text,
  deploy_asked boolean not null,
  deletion_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint apps_app_slug unique (tenant_id, slug),
  constraint apps_app_owner unique (tenant_id, id),
  constraint apps_app_project foreign key (tenant_id, project_id)
    references apps_project (tenant_id, id),
  constraint apps_app_source_type check (source_type in ('github', 'git', 'image', 'compose')),
  constraint apps_app_status check (status in
    ('created', 'building', 'deploying', 'running', 'degraded', 'stopped', 'failed', 'deleting')),
  constraint apps_app_deletion check ((status = 'deleting') = (deletion_id is not null)));
create index apps_app_by_project on apps_app (project_id, id) where project_id is not null;
create index apps_app_by_server on apps_app (server_id, id) where server_id is not null;
-- Lists come in order of id, one tenant at a time; apps_app_owner serves them.
select slipway_tenant_table('apps_app');
