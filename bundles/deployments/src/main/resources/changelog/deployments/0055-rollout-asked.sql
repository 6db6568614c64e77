--liquibase formatted sql
--changeset slipway:0055-rollout-asked
-- Since when the tenant's own scripts have had their turn to decide over a watch.
alter table deployments_rollout add column asked_at timestamptz;
