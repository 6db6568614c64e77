--liquibase formatted sql
--changeset slipway:0003-trust
alter table pluginhost_plugin add column signed_by text;
create table pluginhost_key (
  id text primary key,
  name text not null,
  public_key text not null,
  added_at timestamptz not null,
  revoked_at timestamptz,
  revoked_for text);
select slipway_platform_table('pluginhost_key');
create table pluginhost_revoked_file (
  digest text primary key,
  reason text not null,
  revoked_at timestamptz not null);
select slipway_platform_table('pluginhost_revoked_file');
