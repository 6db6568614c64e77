--liquibase formatted sql

--changeset slipway:0003-node
create table admin_node (
  id uuid primary key,
  hostname text not null,
  region text not null,
  version text not null,
  started_at timestamptz not null,
  last_seen timestamptz not null);
select slipway_platform_table('admin_node');

create table admin_metric (
  node_id uuid not null,
  at timestamptz not null,
  cpu double precision not null,
  memory_mb double precision not null,
  requests bigint not null,
  nanos bigint not null,
  seconds double precision not null)
  partition by range (at);
create index admin_metric_by_time on admin_metric (at);
create table admin_metric_default partition of admin_metric default;
select slipway_platform_table('admin_metric');

create table admin_integration_hour (
  name text not null,
  hour timestamptz not null,
  calls bigint not null,
  primary key (name, hour));
select slipway_platform_table('admin_integration_hour');

--changeset slipway:0003-partitions splitStatements:false
-- The platform's roles own no table, so the owner lends them these two acts and no other.
create function admin_add_day(day date) returns void language plpgsql security definer set search_path = public as $$
begin
  if to_regclass('admin_metric_' || to_char(day, 'YYYYMMDD')) is null then
    execute format('create table %I partition of admin_metric for values from (%L) to (%L)',
      'admin_metric_' || to_char(day, 'YYYYMMDD'), day::timestamptz, (day + 1)::timestamptz);
  end if;
end $$;
create function admin_drop_before(day date) returns void language plpgsql security definer set search_path = public as $$
declare
  part record;
begin
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'admin_metric'::regclass and c.relname ~ '^admin_metric_[0-9]{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < day
  loop
    execute format('drop table %I', part.relname);
  end loop;
end $$;
revoke execute on function admin_add_day(date), admin_drop_before(date) from public;
do $$ begin
  execute format('grant execute on function admin_add_day(date), admin_drop_before(date) to %I',
    slipway_platform_role());
end $$;
