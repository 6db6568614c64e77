--liquibase formatted sql
--changeset slipway:0002-settings
create table pluginhost_settings (
  plugin_id text primary key,
  entries jsonb not null);
select slipway_platform_table('pluginhost_settings');
insert into pluginhost_settings (plugin_id, entries)
  select id, settings from pluginhost_plugin where settings <> '{}';
alter table pluginhost_plugin drop column settings;
