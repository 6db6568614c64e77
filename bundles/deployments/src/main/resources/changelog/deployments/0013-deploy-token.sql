--liquibase formatted sql
--changeset slipway:0013-deploy-token
create table deployments_token (
  id uuid primary key,
  tenant_id uuid not null,
  app_id uuid not null,
  name text not null,
  token_hash text not null,
  prefix text not null,
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  constraint deployments_token_hash unique (token_hash));
create index deployments_token_by_app on deployments_token (app_id, created_by, id);
create index deployments_token_by_maker on deployments_token (created_by);
select slipway_tenant_table('deployments_token');
