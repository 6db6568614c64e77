package dev.slipway.deployments.service.teardown;

import dev.slipway.api.Scope;
import dev.slipway.api.event.EventFilter;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.spi.EventListener;
import dev.slipway.apps.VolumeFate;
import dev.slipway.data.Database;
import dev.slipway.deployments.service.volume.Keeping;
import dev.slipway.deployments.source.Repositories;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.RunStore;
import dev.slipway.deployments.store.approval.ApprovalStore;
import dev.slipway.deployments.store.approval.IntentStore;
import dev.slipway.deployments.store.build.BuildStore;
import dev.slipway.deployments.store.diagnosis.DiagnosticStore;
import dev.slipway.deployments.store.hook.DeployTokenStore;
import dev.slipway.deployments.store.hook.HookStore;
import dev.slipway.deployments.store.instance.InstanceStore;
import dev.slipway.deployments.store.preview.PreviewStore;
import dev.slipway.deployments.store.push.ArchiveStore;
import dev.slipway.deployments.store.push.PushStore;
import dev.slipway.deployments.store.push.RepositoryStore;
import dev.slipway.deployments.store.rollout.RolloutStore;
import dev.slipway.deployments.store.rollout.ScoreStore;
import dev.slipway.deployments.store.settings.SettingsStore;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Follows what happens to apps and projects. */
@Component(service = EventListener.class)
public final class AppWatch implements EventListener {
  private static final String UPDATED = "apps.app.updated";
  private static final String DELETION_REQUESTED = "apps.app.deletion_requested";
  private static final String DELETED = "apps.app.deleted";
  private static final String PROJECT_DELETED = "apps.project.deleted";

  private final Database database;
  private final Repositories repositories;
  private final Teardown teardown;
  private final Keeping keeping;
  private final DeploymentStore deployments;
  private final RunStore runs;
  private final InstanceStore instances;
  private final ArchiveStore archives;
  private final IntentStore intents;
  private final ApprovalStore approvals;
  private final SettingsStore settings;
  private final HookStore hooks;
  private final DeployTokenStore tokens;
  private final PushStore pushes;
  private final PreviewStore previews;
  private final BuildStore builds;
  private final DiagnosticStore diagnostics;
  private final RolloutStore rollouts;
  private final ScoreStore scores;
  private final RepositoryStore sources;

  @Activate
  public AppWatch(
      @Reference Database database,
      @Reference Repositories repositories,
      @Reference Teardown teardown,
      @Reference Keeping keeping) {
    this.database = database;
    this.repositories = repositories;
    this.teardown = teardown;
    this.keeping = keeping;
    deployments = new DeploymentStore(database);
    runs = new RunStore(database);
    instances = new InstanceStore(database);
    archives = new ArchiveStore(database);
    intents = new IntentStore(database);
    approvals = new ApprovalStore(database);
    settings = new SettingsStore(database);
    hooks = new HookStore(database);
    tokens = new DeployTokenStore(database);
    pushes = new PushStore(database);
    previews = new PreviewStore(database);
    builds = new BuildStore(database);
    diagnostics = new DiagnosticStore(database);
    rollouts = new RolloutStore(database);
    scores = new ScoreStore(database);
    sources = new RepositoryStore(database);
  }

  @Override
  public String name() {
    return "deployments.apps";
  }

  @Override
  public EventFilter filter() {
    return EventFilter.types(UPDATED, DELETION_REQUESTED, DELETED, PROJECT_DELETED);
  }

  @Override
  public void on(StoredEvent event) throws IOException {
    var scope = Scope.tenant(Objects.requireNonNull(event.tenantId()));
    var subject = event.subjectId();
    switch (event.type()) {
      case UPDATED ->
          database.run(scope, () -> deployments.regroup(subject, event.uuid("project_id")));
      case PROJECT_DELETED -> database.run(scope, () -> deployments.ungroup(subject));
      case DELETION_REQUESTED -> takeDown(scope, event);
      case DELETED -> forget(scope, subject);
      default -> throw new IllegalStateException("not asked for: " + event.type());
    }
  }

  private void takeDown(Scope scope, StoredEvent event) {
    var volumes = VolumeFate.of(event.text("volumes"));
    if (volumes == VolumeFate.KEEP) {
      keeping.projects(scope, event, null);
    }
    teardown.begin(
        Objects.requireNonNull(event.tenantId()),
        event.subjectId(),
        Objects.requireNonNull(event.uuid("operation_id")),
        volumes);
  }

  private void forget(Scope scope, UUID appId) throws IOException {
    database.run(
        scope,
        () -> {
          // An upload that is just being noted comes before or finds the app gone.
          deployments.gate(appId);
          runs.deleteOfApp(appId);
          instances.deleteOfApp(appId);
          archives.deleteOfApp(appId);
          intents.deleteOfApp(appId);
          approvals.deleteOfApp(appId);
          settings.deleteOfApp(appId);
          hooks.deleteOfApp(appId);
          tokens.deleteOfApp(appId);
          pushes.deleteOfApp(appId);
          previews.deleteOfApp(appId);
          builds.deleteOfApp(appId);
          diagnostics.deleteOfApp(appId);
          rollouts.deleteOfApp(appId);
          rollouts.deleteRunsOfApp(appId);
          scores.deleteOfApp(appId);
          sources.deleteOfApp(appId);
          deployments.deleteOfApp(appId);
        });
    repositories.delete(appId);
  }
}
