--liquibase formatted sql
--changeset slipway:0040-env-var-version
-- What each variable was. A secret value is sealed for its variable, not for the version, so that an
-- earlier one is brought back as it is.
create table apps_env_var_version (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null,
  env_var_id uuid not null,
  number int not null,
  value text not null,
  is_secret boolean not null,
  stage_bindings jsonb not null,
  phases jsonb not null,
  origin text not null,
  restored_from int,
  made_by uuid,
  made_by_name text,
  created_at timestamptz not null,
  revoked_at timestamptz,
  constraint apps_env_var_version_number unique (env_var_id, number),
  constraint apps_env_var_version_variable foreign key (tenant_id, env_var_id)
    references apps_env_var (tenant_id, id) on delete cascade);
select slipway_tenant_table('apps_env_var_version');
insert into apps_env_var_version
  (tenant_id, env_var_id, number, value, is_secret, stage_bindings, phases, origin, made_by, created_at)
select tenant_id, id, version, value, is_secret, stage_bindings, phases, 'edited', null, updated_at
from apps_env_var;
alter table apps_secret_read add column number int;
