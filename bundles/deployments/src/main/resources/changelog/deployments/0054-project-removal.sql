--liquibase formatted sql
--changeset slipway:0054-project-removal
-- A project that could not be taken down is tried again, as instances are.
alter table deployments_compose_project
  add column attempts integer not null default 0,
  add column try_at timestamptz;
update deployments_compose_project set try_at = now() where state <> 'up';
create index deployments_compose_project_try_at on deployments_compose_project (try_at)
  where try_at is not null;
