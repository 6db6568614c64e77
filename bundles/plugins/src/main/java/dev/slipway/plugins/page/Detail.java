package dev.slipway.plugins.page;

import dev.slipway.api.plugin.Offerings.Offered;
import dev.slipway.api.plugin.PluginInfo;
import dev.slipway.api.plugin.PluginRegistry.Extension;
import dev.slipway.api.plugin.PluginRegistry.Failure;
import dev.slipway.api.plugin.PluginRegistry.Permissions;
import dev.slipway.api.plugin.PluginRegistry.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that the page shows of one plugin. */
public record Detail(
    PluginInfo plugin,
    List<String> operations,
    List<Extension> extensions,
    Permissions permissions,
    List<Field> settings,
    List<Offer> offers,
    List<AdminPages.Shown> pages,
    List<Failure> failures) {

  /**
   * Something that it offers to tenants, with a form to try it.
   *
   * @param path of the operation that tries it
   */
  public record Offer(
      String point, String key, String name, String description, String path, List<Field> fields) {
    /** The form has the defaults filled in. */
    public static Offer of(Offered<?> offered, Function<@Nullable Object, String> json) {
      var settings = new Settings(offered.schema(), defaults(offered.schema()));
      return new Offer(
          offered.point(),
          offered.key(),
          offered.name(),
          offered.description(),
          "/api/admin/plugins/%s/offerings/%s/%s/try"
              .formatted(offered.bundle(), offered.point(), offered.key()),
          Field.of(settings, json));
    }

    private static Map<String, @Nullable Object> defaults(Map<String, @Nullable Object> schema) {
      var defaults = new LinkedHashMap<String, @Nullable Object>();
      if (schema.get("properties") instanceof Map<?, ?> properties) {
        properties.forEach(
            (name, described) -> {
              if (described instanceof Map<?, ?> map && map.containsKey("default")) {
                defaults.put(name.toString(), map.get("default"));
              }
            });
      }
      return defaults;
    }
  }
}
