--liquibase formatted sql
--changeset slipway:0001-project
create table apps_project (
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  name text not null,
  slug text not null,
  description text,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint apps_project_slug unique (tenant_id, slug),
  -- What is in a project refers to this pair, so that it can be in none of another tenant.
  constraint apps_project_owner unique (tenant_id, id));
select slipway_tenant_table('apps_project');
