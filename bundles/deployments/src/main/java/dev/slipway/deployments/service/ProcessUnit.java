package dev.slipway.deployments.service;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One of the instances that a version runs beside those that answer requests. Its container's name
 * tells which one it is, so no step has to.
 *
 * @param process its name among the processes of the app
 * @param number among the instances of the process, from 1
 */
public record ProcessUnit(String process, int number) {
  /** The names of all that a version has, process by process. */
  public static List<String> containers(String slug, UUID deploymentId, Recipe recipe) {
    return recipe.units().stream()
        .map(unit -> Names.container(slug, deploymentId) + "-" + unit.process + "-" + unit.number)
        .toList();
  }

  /** The instances of a process. */
  static List<ProcessUnit> of(Recipe.Process process) {
    return IntStream.rangeClosed(1, process.replicas())
        .mapToObj(number -> new ProcessUnit(process.name(), number))
        .toList();
  }

  /** The one that a container of a version is. */
  public static ProcessUnit named(String container, UUID deploymentId) {
    var version = "-" + Names.shortId(deploymentId) + "-";
    var unit = container.substring(container.lastIndexOf(version) + version.length());
    var hyphen = unit.lastIndexOf('-');
    return new ProcessUnit(unit.substring(0, hyphen), Integer.parseInt(unit.substring(hyphen + 1)));
  }
}
