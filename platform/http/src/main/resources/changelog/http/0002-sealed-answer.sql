--liquibase formatted sql
--changeset slipway:0002-sealed-answer
-- Answers may show a secret that was just made, so they are kept sealed from now on. Those kept in the
-- clear go, with their keys: without its answer a key could not be repeated.
delete from http_idempotency;
alter table http_idempotency drop column body;
alter table http_idempotency add column sealed_body text;
