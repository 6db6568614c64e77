--liquibase formatted sql
--changeset slipway:0001-operation
create table activity_operation (
  id uuid primary key,
  tenant_id uuid not null,
  type text not null,
  entity_type text not null,
  entity_id uuid not null,
  reference_id uuid,
  status text not null,
  progress int,
  error text,
  started_by uuid,
  steps_total int not null,
  steps_done int not null,
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  constraint activity_operation_status
    check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  constraint activity_operation_progress check (progress between 0 and 100),
  constraint activity_operation_steps check (steps_done between 0 and steps_total),
  constraint activity_operation_finished
    check ((finished_at is null) = (status in ('queued', 'running')))
);
create index activity_operation_tenant on activity_operation (tenant_id, id desc);
create index activity_operation_entity on activity_operation (tenant_id, entity_id, id desc);
create index activity_operation_reference on activity_operation (tenant_id, reference_id, id desc)
  where reference_id is not null;
create index activity_operation_running on activity_operation (updated_at) where status = 'running';
select slipway_tenant_table('activity_operation');

create table activity_step (
  id uuid primary key,
  tenant_id uuid not null,
  operation_id uuid not null references activity_operation (id) on delete cascade,
  number int not null,
  name text not null,
  status text not null,
  message text,
  error text,
  started_at timestamptz,
  finished_at timestamptz,
  constraint activity_step_number unique (operation_id, number),
  constraint activity_step_status
    check (status in ('pending', 'running', 'succeeded', 'failed', 'skipped')),
  constraint activity_step_finished check ((finished_at is null) = (status in ('pending', 'running')))
);
select slipway_tenant_table('activity_step');
