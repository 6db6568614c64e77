--liquibase formatted sql

--changeset slipway:0001-config
create table admin_config (
  id uuid primary key,
  version int not null,
  name text not null,
  type text not null,
  value text not null,
  description text not null,
  options jsonb not null,
  system boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint admin_config_name unique (name),
  constraint admin_config_type check (type in ('string', 'numeric', 'enum', 'template')));
select slipway_platform_table('admin_config');
