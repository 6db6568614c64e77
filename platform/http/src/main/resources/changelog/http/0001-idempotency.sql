--liquibase formatted sql
--changeset slipway:0001-idempotency
create table http_idempotency (
  id uuid primary key,
  holder text not null,
  operation text not null,
  key text not null,
  request_hash text not null,
  status int,
  media_type text,
  body bytea,
  created_at timestamptz not null,
  constraint http_idempotency_key unique (holder, operation, key));
create index http_idempotency_age on http_idempotency (created_at);
select slipway_platform_table('http_idempotency');
