--liquibase formatted sql

--changeset slipway:0001-execution splitStatements:true
CREATE TABLE jobs_execution (
  task_name text NOT NULL,
  task_instance text NOT NULL,
  task_data bytea,
  execution_time timestamptz NOT NULL,
  picked boolean NOT NULL,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures integer,
  last_heartbeat timestamptz,
  version bigint NOT NULL,
  priority smallint,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX jobs_execution_time ON jobs_execution (execution_time);
CREATE INDEX jobs_execution_heartbeat ON jobs_execution (last_heartbeat);
SELECT slipway_platform_table('jobs_execution');
