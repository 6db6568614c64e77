--liquibase formatted sql
--changeset slipway:0001-script
create table scripts_script (
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  name text not null,
  hook text not null,
  active_version int not null,
  enabled boolean not null,
  filter jsonb not null,
  timeout_ms int not null,
  owner_user_id uuid,
  owner_key_id uuid,
  receive_token text,
  receive_hash text,
  next_run_at timestamptz,
  last_status text,
  last_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint scripts_script_name unique (tenant_id, name),
  constraint scripts_script_owner unique (tenant_id, id),
  constraint scripts_script_made check ((owner_user_id is null) <> (owner_key_id is null)));
create index scripts_script_attached on scripts_script (tenant_id, hook) where enabled;
create unique index scripts_script_receiver on scripts_script (receive_hash)
  where receive_hash is not null;
create index scripts_script_due on scripts_script (next_run_at) where next_run_at is not null;
select slipway_tenant_table('scripts_script');

create table scripts_version (
  id uuid primary key,
  tenant_id uuid not null,
  script_id uuid not null,
  number int not null,
  source text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  constraint scripts_version_number unique (script_id, number),
  constraint scripts_version_script foreign key (tenant_id, script_id)
    references scripts_script (tenant_id, id) on delete cascade);
select slipway_tenant_table('scripts_version');

create table scripts_secret (
  id uuid primary key,
  tenant_id uuid not null,
  script_id uuid not null,
  name text not null,
  value text not null,
  constraint scripts_secret_name unique (script_id, name),
  constraint scripts_secret_script foreign key (tenant_id, script_id)
    references scripts_script (tenant_id, id) on delete cascade);
select slipway_tenant_table('scripts_secret');

-- What scripts keep between runs.
create table scripts_entry (
  tenant_id uuid not null,
  script_id uuid not null,
  key text not null,
  value text not null,
  updated_at timestamptz not null,
  primary key (script_id, key),
  constraint scripts_entry_script foreign key (tenant_id, script_id)
    references scripts_script (tenant_id, id) on delete cascade);
select slipway_tenant_table('scripts_entry');

create table scripts_setting (
  tenant_id uuid primary key,
  version int not null,
  fetch_hosts jsonb not null,
  updated_at timestamptz not null);
select slipway_tenant_table('scripts_setting');
