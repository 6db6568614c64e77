--liquibase formatted sql

--changeset slipway:0013-capability
-- The numbers of the commands that the agent says it takes; null where it has not said.
alter table fleet_server add column agent_commands bigint[];
