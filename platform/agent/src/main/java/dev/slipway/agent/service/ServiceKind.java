package dev.slipway.agent.service;

import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ContainerAccess.Facts;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/** How one kind of service is saved, brought back and tried. */
interface ServiceKind {
  /** For saving and bringing back. */
  Duration LIMIT = Duration.ofMinutes(30);

  /** For trying. */
  Duration TRY_LIMIT = Duration.ofMinutes(5);

  /** In the words of the contract. */
  String engine();

  /** Of files. */
  String suffix();

  Backup.Origin save(Facts service, OutputStream content)
      throws RuntimeRefusal, IOException, InterruptedException;

  /** The service runs with the backup, or as it did before. */
  void restore(Backup backup, Facts service)
      throws RuntimeRefusal, IOException, InterruptedException;

  /** What a server that tries a backup has to be told at its start. */
  default Map<String, String> trialVariables() {
    return Map.of();
  }

  /**
   * Has a server of its own read the backup.
   *
   * @param id of a container that nothing has run in yet
   * @return how many tables or keys it found
   */
  long verify(Backup backup, String id) throws RuntimeRefusal, IOException, InterruptedException;
}
