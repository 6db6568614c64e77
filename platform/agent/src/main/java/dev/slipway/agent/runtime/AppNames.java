package dev.slipway.agent.runtime;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that the contract fixes, {@code deploy-app-SLUG-SUFFIX} and {@code
 * deploy-app-SLUG:TAG}, and those of volumes that outlive what uses them.
 */
public final class AppNames {
  private static final String PREFIX = "deploy-app-";

  /** Below it lies the app in the images that are made without a Dockerfile of its own. */
  private static final String BUILT = "/src/";

  private static final Pattern VOLUME =
      Pattern.compile("deploy-vol-[A-Za-z0-9][A-Za-z0-9_.-]{0,116}");

  private AppNames() {}

  /**
   * Whether it is the name of a volume that the control plane keeps: it goes when it is said to go,
   * and with no app.
   */
  public static boolean isVolume(String name) {
    return VOLUME.matcher(name).matches();
  }

  /**
   * Where a mount path leads from the app's own folder, folder by folder; empty where that is
   * nowhere inside it.
   */
  public static List<String> inApp(String mountPath) {
    var path = mountPath.startsWith(BUILT) ? mountPath.substring(BUILT.length() - 1) : mountPath;
    var steps = Stream.of(path.split("/")).filter(step -> !step.isEmpty()).toList();
    var inside = path.startsWith("/") && !steps.contains("..") && !steps.contains(".");
    return inside ? steps : List.of();
  }

  /** The slug in an image tag; empty for an image that is not an app's. */
  public static String slugOf(String imageTag) {
    var name = imageTag.substring(imageTag.lastIndexOf('/') + 1);
    int colon = name.indexOf(':');
    var repository = colon < 0 ? name : name.substring(0, colon);
    return repository.startsWith(PREFIX) ? repository.substring(PREFIX.length()) : "";
  }

  /**
   * What all instances of an app begin with; an app {@code a} must not own those of {@code a-b}.
   */
  public static boolean belongs(String instance, String slug) {
    var prefix = PREFIX + slug + "-";
    return instance.startsWith(prefix);
  }
}
