--liquibase formatted sql

--changeset slipway:0001-audit splitStatements:false
CREATE TABLE security_audit (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  action text NOT NULL,
  tenant_id uuid,
  user_id uuid,
  api_key_id uuid,
  actor text NOT NULL,
  remote_address text,
  request_id text,
  outcome text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX security_audit_tenant ON security_audit (tenant_id, at);
CREATE INDEX security_audit_request ON security_audit (request_id);

-- Row-level security comes from the common function; the rights are then cut down to appending.
SELECT slipway_tenant_table('security_audit');
DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON security_audit FROM PUBLIC, %I, %I',
    slipway_tenant_role(), slipway_platform_role());
  EXECUTE format('GRANT INSERT ON security_audit TO %I', slipway_tenant_role());
  EXECUTE format('GRANT SELECT, INSERT ON security_audit TO %I', slipway_platform_role());
END
$$;
