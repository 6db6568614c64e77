package dev.slipway.deployments.service.diagnosis;

import dev.slipway.api.Caller;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.apps.Apps;
import dev.slipway.data.Database;
import dev.slipway.deployments.service.deployment.DeploymentService;
import dev.slipway.deployments.store.diagnosis.DiagnosticRow;
import dev.slipway.deployments.store.diagnosis.DiagnosticStore;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Why deployments failed, for those who want to know. */
@Component(service = DiagnosticService.class)
public final class DiagnosticService {
  private final Database database;
  private final DiagnosticStore diagnostics;
  private final DeploymentService deployments;
  private final Apps apps;

  @Activate
  public DiagnosticService(
      @Reference Database database,
      @Reference DeploymentService deployments,
      @Reference Apps apps) {
    this.database = database;
    diagnostics = new DiagnosticStore(database);
    this.deployments = deployments;
    this.apps = apps;
  }

  /** What was found of a deployment, the surest first. */
  public List<DiagnosticRow> ofDeployment(Caller caller, UUID id) {
    deployments.get(caller, id);
    return database.read(Scope.of(caller), () -> diagnostics.ofDeployment(id));
  }

  /** What was found of an app, newest first; null = of any severity. */
  public Page<DiagnosticRow> ofApp(
      Caller caller, UUID appId, String @Nullable [] severities, PageRequest page) {
    apps.require(Scope.of(caller), appId);
    return database.read(Scope.of(caller), () -> diagnostics.ofApp(appId, severities, page));
  }
}
