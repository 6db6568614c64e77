package dev.slipway.apps.service;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.store.EnvVarMapper;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;

/** Writes variables of projects, for which there are no operations yet. */
final class ProjectVariables {
  private ProjectVariables() {}

  static EnvVar add(
      Database database,
      Caller caller,
      UUID projectId,
      String key,
      String value,
      String... stages) {
    var now = Times.now();
    var variable =
        new EnvVar(
            Ids.next(),
            1,
            caller.tenantId(),
            projectId,
            null,
            key,
            value,
            false,
            List.of(stages),
            null,
            null,
            now,
            now);
    database.run(Scope.of(caller), () -> database.mapper(EnvVarMapper.class).insert(variable));
    return variable;
  }

  static boolean isThere(Database database, EnvVar variable) {
    return database.read(
        Scope.tenant(variable.tenantId()),
        () -> database.mapper(EnvVarMapper.class).find(variable.id()) != null);
  }
}
