--liquibase formatted sql
--changeset slipway:0001-thing
create table toy_thing (
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  name text not null,
  kind text not null,
  tags jsonb not null default '[]',
  at timestamptz,
  constraint toy_thing_name unique (tenant_id, name));
select slipway_tenant_table('toy_thing');
create table toy_secret (id uuid primary key, word text not null);
select slipway_platform_table('toy_secret');
create table security_audit (id uuid, at timestamptz, action text, tenant_id uuid, user_id uuid,
  api_key_id uuid, actor text, remote_address text, request_id text, outcome text, details jsonb);
select slipway_tenant_table('security_audit');
