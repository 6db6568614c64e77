--liquibase formatted sql
--changeset slipway:0003-live-claim
-- When the node that works on a request said so last: a claim that nobody renews is one of a crash.
alter table http_idempotency add column alive_at timestamptz not null default now();
