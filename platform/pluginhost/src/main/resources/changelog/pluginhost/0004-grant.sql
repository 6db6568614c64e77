--liquibase formatted sql
--changeset slipway:0004-grant
create table pluginhost_grant (
  plugin_id text primary key,
  permissions jsonb not null);
select slipway_platform_table('pluginhost_grant');
insert into pluginhost_grant (plugin_id, permissions)
  select id, coalesce(manifest -> 'permissions', '[]') from pluginhost_plugin
  where kind = 'plugin' and enabled;
