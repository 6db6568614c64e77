--liquibase formatted sql
--changeset slipway:0051-process
-- Which of the app's processes an instance is; web answers requests.
alter table deployments_instance add column process text not null default 'web';

-- A second kind of step waits for a time and has no command.
drop index deployments_step_watching;
create index deployments_step_watching on deployments_step (deadline_at)
  where kind in ('watch', 'settle') and status = 'running';
