--liquibase formatted sql
--changeset slipway:0008-build-cache
create table apps_build_cache (
  -- The app's.
  id uuid primary key,
  tenant_id uuid not null,
  dropped_at timestamptz not null,
  taken_by uuid,
  constraint apps_build_cache_app foreign key (tenant_id, id)
    references apps_app (tenant_id, id) on delete cascade);
select slipway_tenant_table('apps_build_cache');
