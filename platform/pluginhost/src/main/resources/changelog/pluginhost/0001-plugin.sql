--liquibase formatted sql
--changeset slipway:0001-plugin
create table pluginhost_plugin (
  id text primary key,
  kind text not null check (kind in ('feature', 'plugin')),
  release text not null,
  file text,
  digest text not null,
  manifest jsonb not null,
  enabled boolean not null,
  quarantine text,
  routes jsonb not null default '[]',
  settings jsonb not null default '{}',
  installed_at timestamptz not null,
  state_changed_at timestamptz not null);
select slipway_platform_table('pluginhost_plugin');
create table pluginhost_failure (
  id uuid primary key,
  plugin_id text not null,
  at timestamptz not null,
  phase text not null,
  message text not null);
create index pluginhost_failure_of on pluginhost_failure (plugin_id, at desc);
select slipway_platform_table('pluginhost_failure');
