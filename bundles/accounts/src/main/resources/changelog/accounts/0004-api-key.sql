--liquibase formatted sql
--changeset slipway:0004-api-key
create table accounts_api_key (
  id uuid primary key,
  tenant_id uuid not null references accounts_tenant (id) on delete cascade,
  name text not null,
  hash text not null,
  preview text not null,
  authority text not null,
  active boolean not null,
  created_by uuid not null,
  created_at timestamptz not null,
  constraint accounts_api_key_hash unique (hash),
  constraint accounts_api_key_authority check (authority in ('admin', 'user'))
);
create index accounts_api_key_tenant on accounts_api_key (tenant_id, id);
select slipway_platform_table('accounts_api_key');
