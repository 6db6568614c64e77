package dev.slipway.deployments.service.settings;

import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.AppProcess;
import dev.slipway.apps.Processes;
import dev.slipway.apps.Volumes;
import dev.slipway.data.Database;
import dev.slipway.deployments.service.rollout.Rollouts;
import dev.slipway.deployments.service.settings.ReadinessService.Check;
import dev.slipway.deployments.service.settings.ReadinessService.Key;
import dev.slipway.deployments.service.settings.ReadinessService.Status;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether several instances of an app write to its volumes at once. */
@Component(service = VolumeCheck.class)
public final class VolumeCheck {
  private final Database database;
  private final Volumes volumes;
  private final Processes processes;
  private final Rollouts rollouts;

  @Activate
  public VolumeCheck(
      @Reference Database database,
      @Reference Volumes volumes,
      @Reference Processes processes,
      @Reference Rollouts rollouts) {
    this.database = database;
    this.volumes = volumes;
    this.processes = processes;
    this.rollouts = rollouts;
  }

  /** Volumes are what several instances have in common. */
  Check of(Scope scope, App app) {
    if (volumes.ofApp(scope, app.id()).isEmpty()) {
      return Check.skipped(Key.RESOURCES, "the agent's free memory and disk are not compared yet");
    }
    var besides = processes.ofApp(scope, app.id()).stream().mapToInt(AppProcess::replicas).sum();
    var instances = app.replicas() + besides;
    if (instances > 1) {
      return new Check(
          Key.RESOURCES,
          Status.WARN,
          instances + " instances write to the app's volumes at once",
          "run one instance, unless the app copes with that");
    }
    return database.read(scope, () -> rollouts.overlaps(app.id()))
        ? new Check(
            Key.RESOURCES,
            Status.WARN,
            "the old and the new version hold the app's volumes at once for a moment",
            "set the rollout policy recreate, unless the app copes with that")
        : Check.pass(Key.RESOURCES, "one instance at a time holds the app's volumes");
  }
}
