--liquibase formatted sql

--changeset slipway:0002-log
-- Ids are UUIDs of version 7: their order is the order in time.
create table admin_log (
  id uuid primary key,
  severity text not null,
  category text not null,
  message text not null,
  action text,
  user_id uuid,
  tenant_id uuid,
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  search tsvector generated always as (to_tsvector('simple', message)) stored,
  constraint admin_log_severity check (severity in ('critical', 'high', 'medium', 'low', 'debug')),
  constraint admin_log_category check (category in
    ('auth', 'billing', 'admin', 'system', 'security', 'tenant')));
create index admin_log_by_severity on admin_log (severity, id);
create index admin_log_by_user on admin_log (user_id, id) where user_id is not null;
create index admin_log_search on admin_log using gin (search);
create index admin_log_by_time on admin_log (created_at);
select slipway_platform_table('admin_log');
