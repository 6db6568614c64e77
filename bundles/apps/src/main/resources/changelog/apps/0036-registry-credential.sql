--liquibase formatted sql
--changeset slipway:0036-registry-credential
-- Who the tenant's servers are when they ask a registry for an image.
create table apps_registry_credential (
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  host text not null,
  username text not null,
  password text not null,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_used_at timestamptz,
  constraint apps_registry_credential_host unique (tenant_id, host));
select slipway_tenant_table('apps_registry_credential');
