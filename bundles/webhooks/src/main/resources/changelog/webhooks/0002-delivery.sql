--liquibase formatted sql
--changeset slipway:0002-delivery
-- One row for each endpoint: who leases its line, and from when its first delivery may be tried.
create table webhooks_queue (
  endpoint_id uuid primary key,
  tenant_id uuid not null,
  queued int not null,
  due_at timestamptz not null,
  lease uuid,
  lease_until timestamptz,
  pause_ms bigint not null,
  strained boolean not null,
  last_delivery_at timestamptz,
  last_delivery_ok boolean,
  constraint webhooks_queue_endpoint foreign key (tenant_id, endpoint_id)
    references webhooks_endpoint (tenant_id, id) on delete cascade);
create index webhooks_queue_due on webhooks_queue (strained, due_at) where queued > 0;
select slipway_tenant_table('webhooks_queue');

create table webhooks_delivery (
  id uuid primary key,
  tenant_id uuid not null,
  endpoint_id uuid not null,
  -- The order of an endpoint's line: whoever adds to it holds its row in webhooks_queue.
  seq bigint generated always as identity,
  event_id uuid,
  message_id uuid not null,
  event_type text not null,
  payload text not null,
  status text not null,
  test boolean not null,
  response_code int not null,
  response_body text not null,
  duration_ms int not null,
  retry_count int not null,
  max_retries int not null,
  next_attempt_at timestamptz,
  attempts jsonb not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  -- Null for tests and replays, of which there may be many.
  constraint webhooks_delivery_once unique (endpoint_id, event_id),
  constraint webhooks_delivery_status check (status in ('pending', 'succeeded', 'failed')),
  constraint webhooks_delivery_endpoint foreign key (tenant_id, endpoint_id)
    references webhooks_endpoint (tenant_id, id) on delete cascade);
create index webhooks_delivery_line on webhooks_delivery (endpoint_id, seq)
  where status = 'pending';
create index webhooks_delivery_latest on webhooks_delivery (endpoint_id, seq);
create index webhooks_delivery_waiting on webhooks_delivery (created_at)
  where status = 'pending';
create index webhooks_delivery_finished on webhooks_delivery (finished_at)
  where finished_at is not null;
select slipway_tenant_table('webhooks_delivery');
