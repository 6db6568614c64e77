--liquibase formatted sql
--changeset slipway:0010-environment
-- Without an environment it is the app's production, as all was until now.
alter table deployments_deployment
  add column environment_id uuid,
  add column promoted_from uuid;
alter table deployments_action add column environment_id uuid;
alter table deployments_instance add column environment_id uuid;
alter table deployments_route add column environment_id uuid;
alter table deployments_intent add column environment_id uuid;

drop index deployments_deployment_one_active;
create unique index deployments_deployment_one_active
  on deployments_deployment (app_id, coalesce(environment_id, app_id))
  where status in ('cloning', 'building', 'deploying', 'health_checking');
drop index deployments_deployment_one_live;
create unique index deployments_deployment_one_live
  on deployments_deployment (app_id, coalesce(environment_id, app_id))
  where status = 'live';
drop index deployments_action_one_running;
create unique index deployments_action_one_running
  on deployments_action (app_id, coalesce(environment_id, app_id))
  where status = 'running';
create index deployments_deployment_by_environment
  on deployments_deployment (environment_id, id) where environment_id is not null;
