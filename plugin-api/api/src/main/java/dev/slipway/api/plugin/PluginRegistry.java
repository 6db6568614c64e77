package dev.slipway.api.plugin;

import dev.slipway.api.Caller;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The life of feature bundles and plugins. Every change is published as a {@code plugins.plugin.*}
 * event.
 */
@ProviderType
public interface PluginRegistry {
  /** All of them, features first, by id. */
  List<PluginInfo> list();

  /** One of them; refuses with 404. */
  PluginInfo get(String id);

  /** Operation names it has registered right now. */
  List<String> operations(String id);

  /**
   * What it brings beside operations, by point and name; refuses with 404.
   *
   * @since 1.2
   */
  List<Extension> extensions(String id);

  /** What went wrong with it, newest first, at most 50. */
  List<Failure> failures(String id);

  /**
   * Installs from the bytes of a bundle, and starts it where asked to. 400, 409 or 422 name what is
   * wrong.
   */
  PluginInfo install(Caller caller, InputStream bundle, boolean enable);

  /**
   * Replaces a plugin by another version of itself without dropping requests; on failure the old
   * version runs on.
   */
  PluginInfo update(Caller caller, String id, InputStream bundle);

  /**
   * As {@link #update(Caller, String, InputStream)}; a version that asks for more than the one
   * before is refused with 422, naming what, unless that is granted.
   *
   * @param grant whether to grant all that the new version asks for more
   * @since 1.1
   */
  PluginInfo update(Caller caller, String id, InputStream bundle, boolean grant);

  /**
   * Looks what installing or updating from these bytes would do, and does nothing. 400 names what
   * is wrong with the file.
   *
   * @since 1.1
   */
  Outlook outlook(InputStream bundle);

  /**
   * What a plugin asks for, and what of it is granted; 404. Enabling it the first time grants what
   * it asks for, unless something was decided before.
   *
   * @since 1.1
   */
  Permissions permissions(String id);

  /**
   * Grants exactly these, from now on; 404, or 400 where it does not ask for one.
   *
   * @since 1.1
   */
  Permissions grant(Caller caller, String id, List<String> granted);

  /** Starts it; 409 where a dependency is disabled, 422 where it fails to start. */
  PluginInfo enable(Caller caller, String id);

  /**
   * Lets its requests finish and stops it; 409 for core bundles and where others depend on it.
   *
   * @param drain how long requests in flight may take
   * @param cascade whether to disable its dependents first
   */
  PluginInfo disable(Caller caller, String id, Duration drain, boolean cascade);

  /** Stops and removes a plugin; with {@code purge} its tables and settings too. */
  void uninstall(Caller caller, String id, boolean purge);

  /**
   * What can be set of it and is set; refuses with 404.
   *
   * @since 1.1
   */
  Settings settings(String id);

  /**
   * Replaces its settings, applied live on every node. A secret that comes back as {@code ***}
   * stays as it is. Refuses with 404, or with 400 naming each value that does not fit the schema.
   *
   * @param values by name, as JSON has them; what is absent gets its default
   * @since 1.1
   */
  Settings configure(Caller caller, String id, Map<String, @Nullable Object> values);

  /**
   * What a plugin may do beyond its own tables and events, each as {@code egress:HOST}, {@code
   * events:TYPE}, {@code publish:TYPE}, {@code scripts:API} or {@code offers:POINT}.
   *
   * @param asked what its plugin.json asks for
   * @param granted what of it the operator has granted
   * @since 1.1
   */
  record Permissions(List<String> asked, List<String> granted) {}

  /**
   * Something that the platform calls.
   *
   * @param point kind of it, such as {@code event-listener} or {@code dns-provider}
   * @param name what it calls itself: its name, title or key
   * @param inEffect whether it is called; false where that is not granted
   * @since 1.2
   */
  record Extension(String point, String name, boolean inEffect) {}

  /**
   * What would come of a file.
   *
   * @param installed version that is there now; null where there is none
   * @param signature what its signature is worth
   * @param resolves whether all that it needs is there
   * @param missing what it needs and is not there, and other reasons for which it would be refused
   * @param touched ids of running bundles that would have to restart; where there are any it is
   *     refused
   * @param uses ids of bundles whose packages it would use
   * @param asked all permissions that it asks for
   * @param asksMore those that would have to be granted first
   * @since 1.1
   */
  record Outlook(
      String id,
      String version,
      @Nullable String installed,
      PluginInfo.Signature signature,
      boolean resolves,
      List<String> missing,
      List<String> touched,
      List<String> uses,
      List<String> asked,
      List<String> asksMore) {}

  /**
   * The settings of a plugin.
   *
   * @param schema JSON Schema 2020-12 of the values; secrets are marked {@code writeOnly}
   * @param values defaults overlaid by what the operator has set; secrets are {@code ***}
   * @since 1.1
   */
  record Settings(Map<String, @Nullable Object> schema, Map<String, @Nullable Object> values) {}

  /**
   * Something that went wrong.
   *
   * @param phase install, resolve, migrate, start, run or stop
   */
  record Failure(Instant at, String phase, String message) {}
}
