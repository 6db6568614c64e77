package dev.slipway.deployments.service.deployment;

import dev.slipway.api.CommonError;
import dev.slipway.api.FieldError;
import dev.slipway.apps.Apps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a wish for a deployment may say. */
final class RequestRule {
  private static final int MOST_OVERRIDES = 100;

  private RequestRule() {}

  /** Refuses with 400 a wish whose members are malformed. */
  static void check(Apps apps, DeploymentRequest request) {
    var faults = new ArrayList<FieldError>();
    if (request.branch() != null) {
      add(faults, "branch", apps.branchFault(request.branch()));
    }
    if (request.image() != null) {
      add(faults, "image", apps.imageFault(request.image()));
    }
    if (request.overrides().size() > MOST_OVERRIDES) {
      add(faults, "env_overrides", "must have at most " + MOST_OVERRIDES + " members");
    }
    request
        .overrides()
        .forEach(
            (key, value) ->
                add(
                    faults,
                    "env_overrides",
                    value == null ? "values must be texts" : apps.variableFault(key, value)));
    if (!faults.isEmpty()) {
      throw CommonError.INVALID.of().withFields(faults);
    }
  }

  private static void add(List<FieldError> faults, String field, @Nullable String fault) {
    if (fault != null) {
      faults.add(new FieldError(field, fault));
    }
  }
}
