--liquibase formatted sql
--changeset slipway:0041-secret-lease
-- Which deployment was given which value of a secret.
create table apps_secret_lease (
  id uuid primary key,
  tenant_id uuid not null,
  env_var_id uuid not null,
  number int not null,
  app_id uuid not null,
  environment_id uuid,
  deployment_id uuid not null,
  taken_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  ended_at timestamptz,
  constraint apps_secret_lease_once unique (deployment_id, env_var_id),
  constraint apps_secret_lease_variable foreign key (tenant_id, env_var_id)
    references apps_env_var (tenant_id, id) on delete cascade);
create index apps_secret_lease_by_variable on apps_secret_lease (env_var_id, taken_at desc);
create index apps_secret_lease_open on apps_secret_lease (app_id) where ended_at is null;
create index apps_secret_lease_ended on apps_secret_lease (ended_at) where ended_at is not null;
create index apps_secret_lease_taken on apps_secret_lease (taken_at);
select slipway_tenant_table('apps_secret_lease');
