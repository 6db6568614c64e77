--liquibase formatted sql

--changeset slipway:0003-status
alter table fleet_server
  add column status_reason text,
  add column status_since timestamptz not null default now(),
  -- Heard again after a silence; the next heartbeat settles it, so that a weak link does not flap.
  add column recovering boolean not null default false,
  add column container_alerts jsonb not null default '[]',
  -- By resource: the alert that fires, or how often in a row a limit was exceeded.
  add column pressure jsonb not null default '{}',
  add column top_processes jsonb not null default '[]',
  add column top_processes_at timestamptz,
  -- How far the last installation of its agent got.
  add column registered_at timestamptz,
  add column first_heartbeat_at timestamptz,
  add column first_online_at timestamptz;
update fleet_server set registered_at = created_at;
drop index fleet_server_watched;
create index fleet_server_watched on fleet_server (last_heartbeat_at)
  where status in ('online', 'degraded', 'quarantined');

create table fleet_status_change (
  tenant_id uuid not null,
  server_id uuid not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  status text not null,
  reason text);
create index fleet_status_change_server on fleet_status_change (server_id, at, seq);
create index fleet_status_change_old on fleet_status_change (at);
select slipway_tenant_table('fleet_status_change');
-- What is known of servers that were there before their changes were kept.
insert into fleet_status_change (tenant_id, server_id, at, status) select tenant_id, id, now(), status from fleet_server;

--changeset slipway:0003-status-kept splitStatements:false
-- In the database, so that no statement can change a status and keep it to itself. A silence begins with the last
-- heartbeat, not when it is noticed.
create function fleet_keep_status() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    new.status_since := case new.status
      when 'offline' then greatest(coalesce(new.last_heartbeat_at, old.status_since), old.status_since)
      else clock_timestamp() end;
  elsif new.status = 'installing' then
    new.registered_at := new.created_at;
  end if;
  if new.status = 'online' then
    new.first_online_at := coalesce(new.first_online_at, clock_timestamp());
  end if;
  insert into fleet_status_change (tenant_id, server_id, at, status, reason)
  values (new.tenant_id, new.id, new.status_since, new.status, new.status_reason);
  return new;
end $$;
create trigger fleet_status_begins before insert on fleet_server for each row execute function fleet_keep_status();
create trigger fleet_status_changes before update of status on fleet_server for each row
  when (old.status is distinct from new.status) execute function fleet_keep_status();

--changeset slipway:0003-samples
create table fleet_sample (
  tenant_id uuid not null,
  server_id uuid not null,
  at timestamptz not null,
  cpu_percent double precision,
  load_1 double precision,
  memory_used_mb bigint,
  memory_total_mb bigint,
  disk_used_mb bigint,
  disk_total_mb bigint,
  network_rx_bytes bigint,
  network_tx_bytes bigint)
  partition by range (at);
create index fleet_sample_server on fleet_sample (server_id, at);
create table fleet_sample_default partition of fleet_sample default;
select slipway_tenant_table('fleet_sample');

create table fleet_container_sample (
  tenant_id uuid not null,
  server_id uuid not null,
  at timestamptz not null,
  name text not null,
  status text,
  cpu_percent double precision,
  memory_used_mb bigint,
  memory_limit_mb bigint,
  network_rx_bytes bigint,
  network_tx_bytes bigint,
  restart_count int)
  partition by range (at);
create index fleet_container_sample_server on fleet_container_sample (server_id, at);
create table fleet_container_sample_default partition of fleet_container_sample default;
select slipway_tenant_table('fleet_container_sample');

create table fleet_route_sample (
  tenant_id uuid not null,
  server_id uuid not null,
  at timestamptz not null,
  domain text not null,
  path text,
  request_count bigint,
  latency_p50_ms double precision,
  latency_p95_ms double precision,
  latency_p99_ms double precision,
  status_2xx bigint,
  status_3xx bigint,
  status_4xx bigint,
  status_5xx bigint,
  bytes_sent bigint,
  bot_requests bigint,
  cache_hits bigint,
  cache_misses bigint)
  partition by range (at);
create index fleet_route_sample_server on fleet_route_sample (server_id, at);
create table fleet_route_sample_default partition of fleet_route_sample default;
select slipway_tenant_table('fleet_route_sample');

create table fleet_container_event (
  id uuid not null,
  tenant_id uuid not null,
  server_id uuid not null,
  app_id uuid,
  container_id text not null,
  container_name text not null,
  image text not null,
  type text not null,
  exit_code int,
  health text,
  message text,
  occurred_at timestamptz not null,
  at timestamptz not null)
  partition by range (at);
create index fleet_container_event_server on fleet_container_event (server_id, occurred_at desc);
create index fleet_container_event_app on fleet_container_event (app_id, occurred_at desc) where app_id is not null;
create table fleet_container_event_default partition of fleet_container_event default;
select slipway_tenant_table('fleet_container_event');

create table fleet_resource_alert (
  id uuid primary key,
  tenant_id uuid not null,
  server_id uuid not null,
  resource text not null,
  threshold_percent double precision not null,
  value_percent double precision not null,
  severity text not null,
  status text not null,
  message text not null,
  started_at timestamptz not null,
  resolved_at timestamptz,
  constraint fleet_resource_alert_status check (status in ('firing', 'resolved')));
create index fleet_resource_alert_server on fleet_resource_alert (server_id, id desc);
create index fleet_resource_alert_old on fleet_resource_alert (resolved_at) where resolved_at is not null;
select slipway_tenant_table('fleet_resource_alert');

--changeset slipway:0003-partitions splitStatements:false
-- The platform's roles own no table, so the owner lends them these two acts and no other. Rows that came before their
-- day's partition was there lie in the default one; they move, or the day could never be added. Days are UTC.
create function fleet_add_day(parent text, day date) returns void language plpgsql security definer
  set search_path = public as $$
declare
  part text := parent || '_' || to_char(day, 'YYYYMMDD');
  first timestamptz := day::timestamp at time zone 'UTC';
  next timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
  if parent not in ('fleet_sample', 'fleet_container_sample', 'fleet_route_sample', 'fleet_container_event') then
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
create function fleet_drop_before(parent text, day date) returns void language plpgsql security definer
  set search_path = public as $$
declare
  part record;
begin
  if parent not in ('fleet_sample', 'fleet_container_sample', 'fleet_route_sample', 'fleet_container_event') then
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
revoke execute on function fleet_add_day(text, date), fleet_drop_before(text, date) from public;
do $$ begin
  execute format('grant execute on function fleet_add_day(text, date), fleet_drop_before(text, date) to %I',
    slipway_platform_role());
end $$;
