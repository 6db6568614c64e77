--liquibase formatted sql
--changeset slipway:0005-variable-layers
alter table apps_env_var
  add column environment_id uuid,
  add column phases jsonb not null default '[]',
  drop constraint apps_env_var_scope,
  add constraint apps_env_var_scope check (num_nonnulls(project_id, app_id, environment_id) = 1),
  add constraint apps_env_var_owner unique (tenant_id, id),
  add constraint apps_env_var_environment_key unique (environment_id, key),
  add constraint apps_env_var_environment foreign key (tenant_id, environment_id)
    references apps_environment (tenant_id, id) on delete cascade;

-- What people look at; the sealed audit outlives it.
create table apps_secret_read (
  id uuid primary key,
  tenant_id uuid not null,
  env_var_id uuid not null,
  scope text not null,
  project_id uuid,
  app_id uuid,
  environment_id uuid,
  key text not null,
  user_id uuid,
  user_email text not null,
  ip text not null,
  user_agent text,
  request_id text not null,
  created_at timestamptz not null,
  constraint apps_secret_read_variable foreign key (tenant_id, env_var_id)
    references apps_env_var (tenant_id, id) on delete cascade);
create index apps_secret_read_by_variable on apps_secret_read (env_var_id, id desc);
select slipway_tenant_table('apps_secret_read');
