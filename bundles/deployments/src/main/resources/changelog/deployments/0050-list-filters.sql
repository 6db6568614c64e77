--liquibase formatted sql
--changeset slipway:0050-list-filters
-- Lists over a tenant are filtered by these; without, whoever asks for little reads all there is. The tenant stands in
-- each, or every row would have to be looked at to see whose it is.
create index deployments_deployment_by_status on deployments_deployment (tenant_id, status, id);
create index deployments_deployment_by_branch on deployments_deployment (tenant_id, branch, id);
create index deployments_deployment_by_project on deployments_deployment (tenant_id, project_id, id);
create index deployments_deployment_by_server on deployments_deployment (tenant_id, server_id, id);
