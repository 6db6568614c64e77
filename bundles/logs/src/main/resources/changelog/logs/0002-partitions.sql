--liquibase formatted sql

--changeset slipway:0002-partitions splitStatements:false
-- Lines that came before their day's partition was there lie in the default one; they move, or the day could never be
-- added. Days are UTC whatever the session's time zone is.
create or replace function logs_add_day(day date) returns void language plpgsql security definer set search_path = public as $$
declare
  part text := 'logs_line_' || to_char(day, 'YYYYMMDD');
  first timestamptz := day::timestamp at time zone 'UTC';
  next timestamptz := (day + 1)::timestamp at time zone 'UTC';
begin
  if to_regclass(part) is not null then
    return;
  end if;
  -- Two nodes, and writers of this very day, wait here.
  lock table logs_line_default in access exclusive mode;
  if to_regclass(part) is not null then
    return;
  end if;
  execute format('create table %I (like logs_line including defaults)', part);
  execute format('with moved as (delete from logs_line_default where received_at >= %L and received_at < %L returning *)'
    ' insert into %I select * from moved', first, next, part);
  execute format('alter table logs_line attach partition %I for values from (%L) to (%L)', part, first, next);
end $$;

create or replace function logs_drop_before(day date) returns bigint language plpgsql security definer set search_path = public as $$
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
  delete from logs_line_default where received_at < day::timestamp at time zone 'UTC';
  return freed;
end $$;
