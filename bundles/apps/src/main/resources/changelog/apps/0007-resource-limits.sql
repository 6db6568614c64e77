--liquibase formatted sql
--changeset slipway:0007-resource-limits
create table apps_resource_limits (
  -- The app's.
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  cpu_cores double precision,
  memory_mb int,
  memory_reservation_mb int,
  pids_limit int,
  handed_to uuid,
  updated_at timestamptz not null,
  constraint apps_resource_limits_app foreign key (tenant_id, id)
    references apps_app (tenant_id, id) on delete cascade);
select slipway_tenant_table('apps_resource_limits');
