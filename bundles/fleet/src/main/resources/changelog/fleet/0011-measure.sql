--liquibase formatted sql

--changeset slipway:0011-measures
create table fleet_proxy_sample (
  tenant_id uuid not null,
  server_id uuid not null,
  at timestamptz not null,
  total_requests bigint,
  active_connections bigint,
  memory_bytes bigint,
  cache_hits_total bigint,
  cache_misses_total bigint,
  rate_limit_rejects bigint,
  bytes_sent_total bigint,
  bytes_received_total bigint)
  partition by range (at);
create index fleet_proxy_sample_server on fleet_proxy_sample (server_id, at);
create table fleet_proxy_sample_default partition of fleet_proxy_sample default;
select slipway_tenant_table('fleet_proxy_sample');

-- Visitors of one domain between two heartbeats.
create table fleet_analytics_sample (
  tenant_id uuid not null,
  server_id uuid not null,
  at timestamptz not null,
  domain text not null,
  unique_visitors bigint,
  page_views bigint,
  bot_views bigint,
  human_views bigint,
  bytes_sent bigint,
  status_1xx bigint,
  status_2xx bigint,
  status_3xx bigint,
  status_4xx bigint,
  status_5xx bigint,
  lcp_p75 double precision,
  cls_p75 double precision,
  inp_p75 double precision,
  -- By what was counted, such as top_pages, and then by its value.
  counts jsonb not null default '{}')
  partition by range (at);
create index fleet_analytics_sample_server on fleet_analytics_sample (server_id, at);
create table fleet_analytics_sample_default partition of fleet_analytics_sample default;
select slipway_tenant_table('fleet_analytics_sample');

-- Of a container, a mount point, or the agent itself, as service_type says.
create table fleet_service_sample (
  tenant_id uuid not null,
  server_id uuid not null,
  at timestamptz not null,
  name text not null,
  service_type text not null,
  gauges jsonb not null default '{}',
  counters jsonb not null default '{}')
  partition by range (at);
create index fleet_service_sample_server on fleet_service_sample (server_id, at);
create table fleet_service_sample_default partition of fleet_service_sample default;
select slipway_tenant_table('fleet_service_sample');

create table fleet_health_sample (
  tenant_id uuid not null,
  server_id uuid not null,
  at timestamptz not null,
  check_id text not null,
  healthy boolean not null,
  latency_ms bigint,
  status_code int,
  error_message text,
  app_id uuid,
  deployment_id uuid,
  commit_sha text,
  -- By the agent's clock.
  checked_at timestamptz)
  partition by range (at);
create index fleet_health_sample_server on fleet_health_sample (server_id, at);
create index fleet_health_sample_app on fleet_health_sample (app_id, at) where app_id is not null;
create table fleet_health_sample_default partition of fleet_health_sample default;
select slipway_tenant_table('fleet_health_sample');

--changeset slipway:0011-partitions splitStatements:false
-- As in 0003, for all tables of samples that there are.
create function fleet_has_days(parent text) returns boolean language sql immutable
  return parent in ('fleet_sample', 'fleet_container_sample', 'fleet_route_sample', 'fleet_container_event',
    'fleet_proxy_sample', 'fleet_analytics_sample', 'fleet_service_sample', 'fleet_health_sample');
create or replace function fleet_add_day(parent text, day date) returns void language plpgsql security definer
  set search_path = public as $$
declare
  part text := parent || '_' || to_char(day, 'YYYYMMDD');
  first timestamptz := day::timestamp at time zone 'UTC';
  next timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
  if not fleet_has_days(parent) then
    raise exception 'no partitions of %', parent;
  end if;
  if to_regclass(part) is not null then
    return;
  end if;
  -- Two nodes, and writers of this very day, wait here.
  execute format('lock table %I in access exclusive mode', parent || '_default');
  if to_regclass(part) is not null then
    return;
  end if;
  execute format('create table %I (like %I including defaults)', part, parent);
  execute format('with moved as (delete from %I where at >= %L and at < %L returning *) insert into %I select * from moved',
    parent || '_default', first, next, part);
  execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, first, next);
end $$;
create or replace function fleet_drop_before(parent text, day date) returns void language plpgsql security definer
  set search_path = public as $$
declare
  part record;
begin
  if not fleet_has_days(parent) then
    raise exception 'no partitions of %', parent;
  end if;
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = parent::regclass and c.relname ~ ('^' || parent || '_[0-9]{8}$')
      and to_date(right(c.relname, 8), 'YYYYMMDD') < day
  loop
    execute format('drop table %I', part.relname);
  end loop;
  execute format('delete from %I where at < %L', parent || '_default', day::timestamp at time zone 'UTC');
end $$;
