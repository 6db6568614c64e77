--liquibase formatted sql
--changeset example:0001-greeting
create table example_greeting_greeting (
  id uuid primary key,
  tenant_id uuid not null,
  name text not null,
  text text not null,
  created_at timestamptz not null);
create index example_greeting_newest on example_greeting_greeting (tenant_id, created_at desc, id desc);
select slipway_tenant_table('example_greeting_greeting');
