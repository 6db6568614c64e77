--liquibase formatted sql
--changeset slipway:0050-release-hook
-- What is run once in a new version of an app before it starts.
create table apps_release_hook (
  -- The app's.
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  commands jsonb not null,
  timeout_seconds int not null,
  updated_at timestamptz not null,
  constraint apps_release_hook_app foreign key (tenant_id, id)
    references apps_app (tenant_id, id) on delete cascade);
select slipway_tenant_table('apps_release_hook');
