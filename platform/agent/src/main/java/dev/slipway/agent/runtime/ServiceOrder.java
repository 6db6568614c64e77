package dev.slipway.agent.runtime;

import java.util.List;
import java.util.Map;

/**
 * A service to create, such as a database.
 *
 * @param published port of the host; 0 = none
 * @param network made where there is none
 * @param restarts unless it is stopped
 * @param healthCheck a shell command; empty = none
 * @param memoryBytes 0 = no limit
 * @param cpus 0 = no limit
 * @param command empty = the image's
 */
public record ServiceOrder(
    String name,
    String image,
    int published,
    int internalPort,
    Map<String, String> environment,
    List<String> volumes,
    String network,
    boolean restarts,
    String healthCheck,
    long memoryBytes,
    double cpus,
    List<String> command) {
  public ServiceOrder {
    environment = Map.copyOf(environment);
    volumes = List.copyOf(volumes);
    command = List.copyOf(command);
  }
}
