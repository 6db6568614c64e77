--liquibase formatted sql

--changeset slipway:0003-audit-seal splitStatements:false
-- The chain of hashes over the audit; written after the fact, so that no two writers wait for each
-- other, and by one node at a time.
CREATE TABLE security_audit_seal (
  position bigint PRIMARY KEY,
  audit_id uuid NOT NULL UNIQUE,
  hash text NOT NULL
);
SELECT slipway_platform_table('security_audit_seal');
CREATE INDEX security_audit_time ON security_audit (at, id);
CREATE INDEX security_audit_action ON security_audit (action, id);
CREATE INDEX security_audit_user ON security_audit (user_id, id);
DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON security_audit_seal FROM PUBLIC, %I, %I',
    slipway_tenant_role(), slipway_platform_role());
  EXECUTE format('GRANT SELECT, INSERT ON security_audit_seal TO %I', slipway_platform_role());
END
$$;
