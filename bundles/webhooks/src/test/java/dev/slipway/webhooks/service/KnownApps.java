package dev.slipway.webhooks.service;

import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Apps;
import dev.slipway.apps.ResourceLimits;
import dev.slipway.apps.RunVariables;
import dev.slipway.apps.SourceType;
import dev.slipway.apps.Stage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Apps that the test says exist, each in its tenant. */
public final class KnownApps implements Apps {
  private final Map<UUID, UUID> tenants = new ConcurrentHashMap<>();

  public void add(UUID tenantId, UUID appId) {
    tenants.put(appId, tenantId);
  }

  @Override
  public Optional<App> find(Scope scope, UUID appId) {
    var tenantId = tenants.get(appId);
    return tenantId != null && scope.equals(Scope.tenant(tenantId))
        ? Optional.of(app(tenantId, appId))
        : Optional.empty();
  }

  private static App app(UUID tenantId, UUID appId) {
    return new App(
        appId,
        1,
        tenantId,
        "app",
        "app",
        null,
        null,
        SourceType.GIT,
        null,
        null,
        "main",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        3000,
        "/",
        1,
        AppStatus.CREATED,
        null,
        null,
        false,
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @Override
  public App require(Scope scope, UUID appId) {
    throw new UnsupportedOperationException("not asked here");
  }

  @Override
  public Page<App> onServer(Scope scope, UUID serverId, PageRequest page) {
    throw new UnsupportedOperationException("not asked here");
  }

  @Override
  public Optional<ResourceLimits> limits(Scope scope, UUID appId, UUID deploymentId) {
    throw new UnsupportedOperationException("not asked here");
  }

  @Override
  public boolean buildsAnew(Scope scope, UUID appId, UUID deploymentId) {
    throw new UnsupportedOperationException("not asked here");
  }

  @Override
  public RunVariables environment(Scope scope, UUID appId, Stage stage) {
    throw new UnsupportedOperationException("not asked here");
  }

  @Override
  public boolean statusChanged(
      Scope scope,
      UUID appId,
      AppStatus status,
      @Nullable UUID currentDeploymentId,
      @Nullable String primaryDomain) {
    throw new UnsupportedOperationException("not asked here");
  }

  @Override
  public boolean scaled(Scope scope, UUID appId, int replicas) {
    throw new UnsupportedOperationException("not asked here");
  }

  @Override
  public boolean placed(Scope scope, UUID appId, UUID serverId) {
    throw new UnsupportedOperationException("not asked here");
  }

  @Override
  public boolean deleted(Scope scope, UUID appId) {
    throw new UnsupportedOperationException("not asked here");
  }

  @Override
  public @Nullable String branchFault(String branch) {
    throw new UnsupportedOperationException("not asked here");
  }

  @Override
  public @Nullable String imageFault(String image) {
    throw new UnsupportedOperationException("not asked here");
  }

  @Override
  public @Nullable String variableFault(String key, String value) {
    throw new UnsupportedOperationException("not asked here");
  }
}
