--liquibase formatted sql
--changeset slipway:0006-secret-template
create table apps_secret_template (
  id uuid primary key,
  tenant_id uuid not null,
  name text not null,
  description text,
  variables jsonb not null,
  created_by uuid,
  created_at timestamptz not null,
  constraint apps_secret_template_name unique (tenant_id, name));
select slipway_tenant_table('apps_secret_template');
