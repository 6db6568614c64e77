package dev.slipway.deployments.store.preview;

import dev.slipway.api.Ids;
import dev.slipway.api.Page;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Times;
import dev.slipway.apps.App;
import dev.slipway.data.Database;
import dev.slipway.deployments.store.preview.PreviewRulesRow.Forks;
import dev.slipway.deployments.store.preview.PreviewRulesRow.WhenFull;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Previews and what an app allows of them; every call needs a unit of work. */
public final class PreviewStore {
  private static final int MOST = 5;
  private static final int TTL_HOURS = 7 * 24;

  private final PreviewMapper previews;
  private final PreviewRulesMapper rules;

  public PreviewStore(Database database) {
    previews = database.mapper(PreviewMapper.class);
    rules = database.mapper(PreviewRulesMapper.class);
  }

  /** What applies to an app, also where nobody ever said. */
  public PreviewRulesRow rules(App app) {
    return Objects.requireNonNullElseGet(
        rules.ofApp(app.id()),
        () ->
            new PreviewRulesRow(
                Ids.next(),
                app.tenantId(),
                app.id(),
                MOST,
                WhenFull.CLOSE_OLDEST,
                TTL_HOURS,
                Forks.OFF,
                app.createdAt()));
  }

  /** Sets what applies to an app; the app's gate must be held. */
  public void put(PreviewRulesRow row) {
    if (rules.update(row) == 0) {
      rules.insert(row);
    }
  }

  /** Those of an app, newest first; null = open and closed ones. */
  public Page<ShownPreview> list(UUID appId, @Nullable Boolean open, PageRequest page) {
    return new Page<>(
        previews.shown(appId, null, open, page.limit(), page.offset()),
        previews.count(appId, open));
  }

  public Optional<ShownPreview> shown(UUID appId, UUID id) {
    return previews.shown(appId, id, null, 1, 0).stream().findFirst();
  }

  public Optional<PreviewRow> find(UUID id) {
    return Optional.ofNullable(previews.find(id));
  }

  /** Those of an app that are open, the one that was longest without an update first. */
  public List<PreviewRow> open(UUID appId) {
    return previews.open(appId);
  }

  /** Whether what runs there may have secrets: a preview of a fork may have to do without. */
  public boolean mayHaveSecrets(@Nullable UUID environment) {
    return environment == null || ofEnvironment(environment).map(PreviewRow::secrets).orElse(true);
  }

  public Optional<PreviewRow> ofEnvironment(UUID environmentId) {
    return Optional.ofNullable(previews.ofEnvironment(environmentId));
  }

  /** Open ones whose time is over, of all tenants of the scope. */
  public List<PreviewRow> expired(Instant now, int limit) {
    return previews.expired(now, limit);
  }

  public void insert(PreviewRow row) {
    previews.insert(row);
  }

  /** A commit of it is being deployed. */
  public void deployed(
      UUID id, UUID deploymentId, String branch, String commit, Instant expiresAt) {
    previews.deployed(id, deploymentId, branch, commit, Times.now(), expiresAt);
  }

  /** False where it was closed before. */
  public boolean close(UUID id, String reason) {
    return previews.close(id, reason, Times.now()) == 1;
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    previews.deleteOfApp(appId);
    rules.deleteOfApp(appId);
  }
}
