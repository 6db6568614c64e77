package dev.slipway.apps.service.variable;

import dev.slipway.api.Caller;
import dev.slipway.api.Scope;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.EnvVar;
import dev.slipway.apps.Stage;
import dev.slipway.apps.store.EnvVarMapper;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;

/** Variables of projects, as tests of other nouns need them. */
public final class ProjectVariables {
  private ProjectVariables() {}

  public static EnvVar add(
      AppsPlatform feature,
      Caller caller,
      UUID projectId,
      String key,
      String value,
      Stage... stages) {
    var draft = new EnvVarDraft(key, value, false, List.of(stages), null, List.of());
    return feature.projectVariables.create(caller, projectId, draft);
  }

  public static boolean isThere(Database database, EnvVar variable) {
    return database.read(
        Scope.tenant(variable.tenantId()),
        () -> database.mapper(EnvVarMapper.class).find(variable.id()) != null);
  }
}
