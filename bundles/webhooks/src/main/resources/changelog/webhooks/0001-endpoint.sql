--liquibase formatted sql
--changeset slipway:0001-endpoint
create table webhooks_endpoint (
  id uuid primary key,
  version int not null,
  tenant_id uuid not null,
  family text not null,
  name text,
  description text not null,
  url text not null,
  events jsonb not null,
  app_id uuid,
  enabled boolean not null,
  off_reason text,
  secret text not null,
  secret_preview text not null,
  previous_secret text,
  previous_until timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  constraint webhooks_endpoint_owner unique (tenant_id, id),
  constraint webhooks_endpoint_family check (family in ('admin', 'deploy')),
  constraint webhooks_endpoint_off check (off_reason in ('gone', 'queue_full')));
create index webhooks_endpoint_listed on webhooks_endpoint (tenant_id, family, id)
  where deleted_at is null;
create index webhooks_endpoint_admin on webhooks_endpoint (id)
  where family = 'admin' and deleted_at is null;
create index webhooks_endpoint_app on webhooks_endpoint (app_id) where app_id is not null;
create index webhooks_endpoint_deleted on webhooks_endpoint (deleted_at)
  where deleted_at is not null;
select slipway_tenant_table('webhooks_endpoint');
