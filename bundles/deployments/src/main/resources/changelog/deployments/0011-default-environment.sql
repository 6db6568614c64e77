--liquibase formatted sql
--changeset slipway:0011-default-environment
alter table deployments_settings add column default_environment_id uuid;
alter table deployments_hook add column environment_id uuid;
