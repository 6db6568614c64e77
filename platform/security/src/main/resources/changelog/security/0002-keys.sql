--liquibase formatted sql

--changeset slipway:0002-keys splitStatements:true
CREATE TABLE security_data_key (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  version int NOT NULL,
  wrapped bytea NOT NULL,
  master_key_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT security_data_key_version UNIQUE NULLS NOT DISTINCT (tenant_id, version)
);
CREATE INDEX security_data_key_master ON security_data_key (master_key_id, id);
COMMENT ON COLUMN security_data_key.tenant_id IS 'null: the platform''s own key';

CREATE TABLE security_signing_key (
  id uuid PRIMARY KEY,
  sealed text NOT NULL,
  created_at timestamptz NOT NULL,
  retired_at timestamptz
);
-- One key signs at a time: two nodes that start at once can not both add theirs.
CREATE UNIQUE INDEX security_signing_key_active ON security_signing_key ((true)) WHERE retired_at IS NULL;

SELECT slipway_platform_table('security_data_key');
SELECT slipway_platform_table('security_signing_key');
