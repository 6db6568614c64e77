package dev.slipway.api.service;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What there is to choose from of a kind of service.
 *
 * @param engine what it speaks, such as {@code postgresql}, for backups and charts that know it;
 *     null where it speaks nothing of its own
 * @param versions at least one, the recommended one first
 * @param modules parts that can be switched on
 * @param secrets names of the secrets that the platform makes once for each service, each 32
 *     letters and digits, and gives back with every order
 * @param outputs what others need in order to use it
 * @param minMemoryMb least memory of all its containers, MiB
 * @since 0.1.0
 */
@ProviderType
public record ServiceProfile(
    Category category,
    @Nullable String engine,
    List<String> versions,
    List<Module> modules,
    List<String> secrets,
    List<Output> outputs,
    int minMemoryMb) {
  /** Keeps the lists as they are now. */
  public ServiceProfile {
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("there is at least one version");
    }
    versions = List.copyOf(versions);
    modules = List.copyOf(modules);
    secrets = List.copyOf(secrets);
    outputs = List.copyOf(outputs);
  }

  /** Where people look for it. */
  public enum Category {
    DATABASE,
    CACHE,
    QUEUE,
    SEARCH,
    STORAGE,
    OBSERVABILITY,
    OTHER
  }

  /**
   * A part that can be switched on.
   *
   * @param key lower-case word
   * @param usual whether it is on where the tenant says nothing
   */
  public record Module(String key, String name, String description, boolean usual) {}

  /**
   * Something that others need to know.
   *
   * @param key as a variable is named, such as {@code URL}
   * @param sensitive whether it holds a secret
   */
  public record Output(String key, String description, boolean sensitive) {}
}
