--liquibase formatted sql

--changeset slipway:0001-line
create table logs_line (
  tenant_id uuid not null,
  sequence bigint generated always as identity,
  observed_at timestamptz not null,
  received_at timestamptz not null default now(),
  stream text not null,
  level text not null,
  phase text not null,
  message text not null,
  app_id uuid,
  service_id uuid,
  deployment_id uuid,
  server_id uuid,
  container text,
  trace_id text,
  span_id text,
  attributes jsonb not null default '{}')
  partition by range (received_at);
create index logs_line_app on logs_line (app_id, sequence);
create index logs_line_deployment on logs_line (deployment_id, sequence);
create table logs_line_default partition of logs_line default;
select slipway_tenant_table('logs_line');

--changeset slipway:0001-partitions splitStatements:false
-- The platform's roles own no table, so the owner lends them these two acts and no other.
create function logs_add_day(day date) returns void language plpgsql security definer set search_path = public as $$
begin
  if to_regclass('logs_line_' || to_char(day, 'YYYYMMDD')) is null then
    execute format('create table %I partition of logs_line for values from (%L) to (%L)',
      'logs_line_' || to_char(day, 'YYYYMMDD'), day::timestamptz, (day + 1)::timestamptz);
  end if;
end $$;
create function logs_drop_before(day date) returns bigint language plpgsql security definer set search_path = public as $$
declare
  part record;
  freed bigint := 0;
begin
  for part in
    select c.oid, c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'logs_line'::regclass and c.relname ~ '^logs_line_[0-9]{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < day
  loop
    freed := freed + pg_total_relation_size(part.oid);
    execute format('drop table %I', part.relname);
  end loop;
  return freed;
end $$;
revoke execute on function logs_add_day(date), logs_drop_before(date) from public;
do $$ begin
  execute format('grant execute on function logs_add_day(date), logs_drop_before(date) to %I',
    slipway_platform_role());
end $$;
