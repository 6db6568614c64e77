--liquibase formatted sql
--changeset slipway:0051-process
-- What runs of an app beside what answers its requests: from the same image, by another command.
create table apps_process (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  name text not null,
  command text not null,
  replicas int not null,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint apps_process_name unique (app_id, name),
  constraint apps_process_replicas check (replicas between 0 and 20),
  constraint apps_process_app foreign key (tenant_id, app_id)
    references apps_app (tenant_id, id) on delete cascade);
select slipway_tenant_table('apps_process');
