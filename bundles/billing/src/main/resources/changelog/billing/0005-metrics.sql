--liquibase formatted sql
--changeset slipway:0005-metrics
create table billing_recurring (
  id uuid primary key,
  tenant_id uuid not null,
  plan_id uuid not null,
  annual_cents bigint not null,
  started_at timestamptz not null,
  ended_at timestamptz);
create unique index billing_recurring_open on billing_recurring (tenant_id) where ended_at is null;
create index billing_recurring_time on billing_recurring (started_at, ended_at);
select slipway_tenant_table('billing_recurring');

create table billing_user_activity (
  day date not null,
  user_id uuid not null,
  primary key (day, user_id));
select slipway_platform_table('billing_user_activity');
