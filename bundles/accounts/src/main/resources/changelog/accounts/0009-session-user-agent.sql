--liquibase formatted sql
--changeset slipway:0009-session-user-agent
alter table accounts_session add column user_agent text not null default '';
comment on column accounts_session.user_agent is 'as the client calls itself, without control characters';
