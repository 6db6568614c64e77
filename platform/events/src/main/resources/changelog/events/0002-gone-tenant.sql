--liquibase formatted sql

--changeset slipway:0002-gone-tenant
CREATE TABLE events_gone_tenant (
  tenant_id uuid PRIMARY KEY,
  due_at timestamptz NOT NULL
);
COMMENT ON TABLE events_gone_tenant IS 'deleted tenants whose rows are still there';
SELECT slipway_platform_table('events_gone_tenant');
SELECT slipway_keep_table('events_event', 'listeners that are behind still need it; removed when it is old');
