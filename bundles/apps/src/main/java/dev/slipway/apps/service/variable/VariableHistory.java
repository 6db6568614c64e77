package dev.slipway.apps.service.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.Times;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.VariableVersion.Origin;
import dev.slipway.apps.store.RotationStore;
import dev.slipway.apps.store.VariableVersionStore;
import dev.slipway.apps.store.VersionMaker;
import dev.slipway.data.Database;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Keeps what variables become, in the unit of work that changes them. */
final class VariableHistory {
  /** Versions of each; those that a deployment still has are kept besides. */
  static final int KEPT = 20;

  private final SealedValues values;
  private final VariableVersionStore versions;
  private final RotationStore rotations;

  VariableHistory(Database database, SealedValues values) {
    this.values = values;
    versions = new VariableVersionStore(database);
    rotations = new RotationStore(database);
  }

  void made(Caller caller, Collection<UUID> variables, Origin origin) {
    made(variables, new VersionMaker(origin, null, caller.userId(), caller.name()));
  }

  void restored(Caller caller, UUID variable, int from) {
    made(
        List.of(variable), new VersionMaker(Origin.RESTORED, from, caller.userId(), caller.name()));
  }

  /** A variable has become secret: what it was may be the very same value. */
  void hide(EnvVar variable) {
    versions.of(variable.id()).stream()
        .filter(version -> !version.isSecret())
        .forEach(
            version -> versions.hide(version.id(), values.seal(variable, version.value(), true)));
  }

  private void made(Collection<UUID> variables, VersionMaker by) {
    versions.record(variables, by, KEPT);
    rotations.changed(variables, Times.now());
  }
}
