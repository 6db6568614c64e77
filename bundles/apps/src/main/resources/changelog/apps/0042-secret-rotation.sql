--liquibase formatted sql
--changeset slipway:0042-secret-rotation
create table apps_secret_rotation (
  -- The variable's.
  id uuid primary key,
  tenant_id uuid not null,
  generate text not null,
  interval_days int,
  due_at timestamptz,
  redeploy boolean not null,
  -- For which time it was said that a new value is needed.
  told_for timestamptz,
  rotated_at timestamptz,
  set_by uuid,
  set_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint apps_secret_rotation_variable foreign key (tenant_id, id)
    references apps_env_var (tenant_id, id) on delete cascade);
create index apps_secret_rotation_due on apps_secret_rotation (due_at) where due_at is not null;
select slipway_tenant_table('apps_secret_rotation');
