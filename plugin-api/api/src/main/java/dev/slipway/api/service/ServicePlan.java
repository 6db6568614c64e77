package dev.slipway.api.service;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is to be run for a service.
 *
 * @param containers at least one; the first is the main one, which others reach. They reach each
 *     other by their names
 * @param backup how its data is saved; null where that can not be done while it runs
 * @since 0.1.0
 */
@ProviderType
public record ServicePlan(List<Container> containers, @Nullable Backup backup) {
  /** Refuses a plan of nothing. */
  public ServicePlan {
    if (containers.isEmpty()) {
      throw new IllegalArgumentException("there is at least one container");
    }
    containers = List.copyOf(containers);
  }

  /** The container that others reach. */
  public Container main() {
    return containers.getFirst();
  }

  /**
   * One container.
   *
   * @param name unique within the plan, {@code [a-z][a-z0-9-]{0,30}}
   * @param image with a tag or digest that stays what it is, never {@code latest}
   * @param command in place of the image's own; empty to leave that. Others on the server can read
   *     it: no secrets
   * @param environment by name
   * @param files contents by absolute path, each at most 64 KiB, readable by the container alone
   * @param ports numbers on which it listens
   * @param volumes what must survive, by absolute path
   * @param health says whether it is well
   * @param memoryMb most memory, MiB
   */
  public record Container(
      String name,
      String image,
      List<String> command,
      Map<String, String> environment,
      Map<String, String> files,
      List<Integer> ports,
      Map<String, Volume> volumes,
      Health health,
      int memoryMb) {
    /** Keeps the parts as they are now. */
    public Container {
      command = List.copyOf(command);
      environment = ordered(environment);
      files = ordered(files);
      ports = List.copyOf(ports);
      volumes = ordered(volumes);
    }

    private static <T> Map<String, T> ordered(Map<String, T> some) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(some));
    }
  }

  /**
   * Data that survives its container.
   *
   * @param name unique within the plan, stable over versions of the service
   */
  public record Volume(String name) {}

  /**
   * A command inside the container that ends with 0 where all is well.
   *
   * @param every pause between two looks, 1 s to 5 min
   * @param patience how long it may take to become well after its start
   */
  public record Health(List<String> command, Duration every, Duration patience) {
    /** Keeps the command as it is now. */
    public Health {
      command = List.copyOf(command);
    }
  }

  /**
   * Commands inside the main container. They get secrets from its environment.
   *
   * @param save writes all data to its standard output
   * @param restore reads that from its standard input, and puts it in place of all data
   */
  public record Backup(List<String> save, List<String> restore) {
    /** Keeps the commands as they are now. */
    public Backup {
      save = List.copyOf(save);
      restore = List.copyOf(restore);
    }
  }
}
