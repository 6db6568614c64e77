package dev.slipway.agent.service;

import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ContainerAccess;
import dev.slipway.agent.runtime.docker.ContainerAccess.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;

/** A folder inside of a running container, for as long as it is needed. */
final class InsideFolder implements AutoCloseable {
  private final ContainerAccess containers;
  private final String id;
  private final String folder = "/tmp/slipway-" + UUID.randomUUID();

  InsideFolder(ContainerAccess containers, String id)
      throws RuntimeRefusal, IOException, InterruptedException {
    this.containers = containers;
    this.id = id;
    containers.text(id, Program.of(List.of("mkdir", "-m", "700", folder)));
  }

  String path(String name) {
    return folder + "/" + name;
  }

  String path() {
    return folder;
  }

  /** What lies there by that name, as a tar. */
  void send(String name, OutputStream out) throws RuntimeRefusal, IOException {
    try (var tar = containers.fetch(id, path(name))) {
      tar.transferTo(out);
    }
  }

  @Override
  public void close() {
    Calm.atLast(
        "removing " + folder, () -> containers.text(id, Program.of(List.of("rm", "-rf", folder))));
  }
}
