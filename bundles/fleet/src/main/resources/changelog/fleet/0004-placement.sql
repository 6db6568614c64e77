--liquibase formatted sql

--changeset slipway:0004-placement
alter table fleet_server
  add column cordoned_at timestamptz,
  add column cordon_reason text,
  add column drain_started_at timestamptz;

create table fleet_pool (
  id uuid primary key,
  tenant_id uuid not null,
  name text not null,
  description text,
  label_selectors jsonb not null default '{}',
  monthly_cost_cents int not null,
  currency text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null);
create unique index fleet_pool_name on fleet_pool (tenant_id, lower(name));
create index fleet_server_pool on fleet_server (pool_id) where pool_id is not null;
select slipway_tenant_table('fleet_pool');

create table fleet_grant (
  tenant_id uuid not null,
  server_id uuid not null,
  user_id uuid not null,
  role text not null,
  granted_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (server_id, user_id),
  constraint fleet_grant_role check (role in ('viewer', 'operator', 'admin')));
create index fleet_grant_user on fleet_grant (tenant_id, user_id);
select slipway_tenant_table('fleet_grant');

create table fleet_placement_rule (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  kind text not null,
  target text not null,
  key text,
  operator text not null,
  "values" jsonb not null,
  weight int,
  created_at timestamptz not null);
create index fleet_placement_rule_app on fleet_placement_rule (app_id, id);
select slipway_tenant_table('fleet_placement_rule');
