package dev.slipway.api.plugin;

import dev.slipway.api.offering.Offering;
import dev.slipway.api.offering.Setup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What features and plugins offer to tenants right now: channels, DNS providers, AI providers,
 * service templates. For features; plugins do not see it. What it gives is bounded: a call of a
 * plugin is made on that plugin's own threads and ends in time.
 *
 * @since 1.2
 */
@ProviderType
public interface Offerings {
  /** All of one kind, such as {@code NotificationChannel.class}, by key. */
  <T extends Offering> List<Offered<T>> all(Class<T> kind);

  /** One of them; empty where nobody offers it right now. */
  <T extends Offering> Optional<Offered<T>> find(Class<T> kind, String key);

  /** All of one bundle, by kind and key. */
  List<Offered<?>> of(String bundle);

  /**
   * Makes a setup of what a client has sent: defaults filled in.
   *
   * @param path what stands before the names of faulty fields, such as {@code config}
   * @throws dev.slipway.api.PlatformException (400) naming each value that does not fit the schema
   */
  Setup setup(Offered<?> offered, String path, Map<String, @Nullable Object> values);

  /**
   * An offering.
   *
   * @param kind its type, such as {@code NotificationChannel.class}
   * @param point name of the kind, such as {@code notification-channel}
   * @param bundle id of the plugin or feature that offers it
   * @param schema JSON Schema of its configuration; what it does not name is refused
   * @param secrets names of the values that are secrets
   * @param service to be called
   */
  record Offered<T extends Offering>(
      Class<T> kind,
      String point,
      String bundle,
      String key,
      String name,
      String description,
      Map<String, @Nullable Object> schema,
      List<String> secrets,
      T service) {}
}
