package dev.slipway.http.route;

/**
 * Who brings routes.
 *
 * @param id symbolic name of the bundle
 * @param instance tells two versions of one bundle apart while the new one takes over from the old
 *     one
 * @param plugin whether its routes stand below {@code /api/plugins/{id}}, in an application of
 *     their own
 */
public record Owner(String id, long instance, boolean plugin) {
  /** What is put before the paths of its resources; empty for house bundles. */
  public String prefix() {
    return plugin ? "/api/plugins/" + id : "";
  }
}
