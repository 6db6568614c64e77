package dev.slipway.deployments.resource;

import dev.slipway.api.CommonError;
import dev.slipway.deployments.DeploymentStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query parameter {@code status}: some statuses, with commas between. */
final class StatusList {
  private static final Set<String> KNOWN =
      Arrays.stream(DeploymentStatus.values())
          .map(status -> status.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private StatusList() {}

  static String @Nullable [] of(@Nullable String csv) {
    if (csv == null || csv.isBlank()) {
      return null;
    }
    var wanted = Arrays.stream(csv.split(",")).map(String::strip).distinct().toList();
    if (!KNOWN.containsAll(wanted)) {
      throw CommonError.INVALID
          .of()
          .withField(
              "status", "must be some of " + String.join(", ", KNOWN.stream().sorted().toList()));
    }
    return wanted.toArray(String[]::new);
  }
}
