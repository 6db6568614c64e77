package dev.slipway.deployments.resource;

import dev.slipway.api.CommonError;
import dev.slipway.deployments.DeploymentStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A query parameter that names some constants, with commas between. */
public final class StatusList {
  private StatusList() {}

  /** Statuses of deployments. */
  public static String @Nullable [] of(@Nullable String csv) {
    return of(csv, "status", DeploymentStatus.values());
  }

  /** Some of an enum's constants; null where the client names none. */
  public static String @Nullable [] of(@Nullable String csv, String parameter, Enum<?>[] all) {
    if (csv == null || csv.isBlank()) {
      return null;
    }
    var wanted = Arrays.stream(csv.split(",")).map(String::strip).distinct().toList();
    var known =
        Arrays.stream(all)
            .map(status -> status.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    if (!known.containsAll(wanted)) {
      throw CommonError.INVALID
          .of()
          .withField(
              parameter, "must be some of " + String.join(", ", known.stream().sorted().toList()));
    }
    return wanted.toArray(String[]::new);
  }
}
