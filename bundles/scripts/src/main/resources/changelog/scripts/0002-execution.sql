--liquibase formatted sql
--changeset slipway:0002-execution
create table scripts_execution (
  id uuid primary key,
  tenant_id uuid not null,
  script_id uuid not null,
  script_version int not null,
  hook text not null,
  trigger_type text not null,
  trigger_id text,
  dry_run boolean not null,
  status text not null,
  result text,
  error jsonb,
  limit_kind text,
  logs jsonb not null,
  effects jsonb not null,
  cpu_ms bigint not null,
  wall_ms bigint not null,
  started_at timestamptz not null,
  constraint scripts_execution_status
    check (status in ('succeeded', 'failed', 'timed_out', 'limit_exceeded', 'rejected')),
  constraint scripts_execution_script foreign key (tenant_id, script_id)
    references scripts_script (tenant_id, id) on delete cascade);
create index scripts_execution_latest on scripts_execution (script_id, id desc);
create index scripts_execution_old on scripts_execution (started_at);
select slipway_tenant_table('scripts_execution');

-- What is to be run: a row before it is an effect.
create table scripts_trigger (
  id uuid primary key,
  tenant_id uuid not null,
  script_id uuid not null,
  type text not null,
  cause_id text not null,
  event text not null,
  attempts int not null,
  due_at timestamptz not null,
  lease uuid,
  lease_until timestamptz,
  created_at timestamptz not null,
  -- A cause that is heard of again makes no second run while the first one waits.
  constraint scripts_trigger_once unique (script_id, type, cause_id),
  constraint scripts_trigger_script foreign key (tenant_id, script_id)
    references scripts_script (tenant_id, id) on delete cascade);
create index scripts_trigger_due on scripts_trigger (due_at);
create index scripts_trigger_tenant on scripts_trigger (tenant_id, lease_until);
select slipway_tenant_table('scripts_trigger');
