package dev.slipway.deployments.store.diagnosis;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Why deployments failed; every call needs a unit of work. */
public final class DiagnosticStore {
  private final DiagnosticMapper mapper;

  public DiagnosticStore(Database database) {
    mapper = database.mapper(DiagnosticMapper.class);
  }

  public void insert(DiagnosticRow row) {
    mapper.insert(row);
  }

  /** What was found of a deployment, the surest first. */
  public List<DiagnosticRow> ofDeployment(UUID deploymentId) {
    return mapper.ofDeployment(deploymentId);
  }

  /** What was found of an app, newest first; null = of any severity. */
  public Page<DiagnosticRow> ofApp(UUID appId, String @Nullable [] severities, PageRequest page) {
    return new Page<>(
        mapper.ofApp(appId, severities, page.limit(), page.offset()),
        mapper.count(appId, severities));
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    mapper.deleteOfApp(appId);
  }
}
