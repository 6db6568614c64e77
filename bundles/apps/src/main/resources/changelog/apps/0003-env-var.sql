--liquibase formatted sql
--changeset slipway:0003-env-var
create table apps_env_var (
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  project_id uuid,
  app_id uuid,
  key text not null,
  value text not null,
  is_secret boolean not null,
  stage_bindings jsonb not null,
  description text,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint apps_env_var_scope check ((project_id is null) <> (app_id is null)),
  constraint apps_env_var_app_key unique (app_id, key),
  constraint apps_env_var_project_key unique (project_id, key),
  constraint apps_env_var_app foreign key (tenant_id, app_id)
    references apps_app (tenant_id, id) on delete cascade,
  constraint apps_env_var_project foreign key (tenant_id, project_id)
    references apps_project (tenant_id, id) on delete cascade);
select slipway_tenant_table('apps_env_var');
