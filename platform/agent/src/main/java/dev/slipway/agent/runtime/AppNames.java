package dev.slipway.agent.runtime;

/**
 * The names that the contract fixes: {@code deploy-app-SLUG-SUFFIX} and {@code
 * deploy-app-SLUG:TAG}.
 */
public final class AppNames {
  private static final String PREFIX = "deploy-app-";

  private AppNames() {}

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
