package dev.slipway.agent.service;

import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ContainerAccess;
import dev.slipway.agent.runtime.docker.ContainerAccess.Facts;
import java.io.IOException;
import java.util.List;

/**
 * Brings back a service that reads its files when it starts: it is stopped, its files are
 * exchanged, and it has to answer before the old ones go. Otherwise all is as it was, and it runs
 * again where it ran.
 */
record Restoring(ContainerAccess containers, Facts service, Start.Question question) {
  /** Puts the backup's files into the place of those that were put aside. */
  interface Files {
    void place(VolumeSwap swap) throws RuntimeRefusal, IOException, InterruptedException;
  }

  /** What speaks against it, before anything is touched. */
  interface Check {
    void of(VolumeSwap swap) throws RuntimeRefusal, IOException, InterruptedException;
  }

  void run(String folder, List<String> which, long bytes, Check check, Files files)
      throws RuntimeRefusal, IOException, InterruptedException {
    boolean good = false;
    try {
      containers.stop(service.id());
      try (var swap = new VolumeSwap(containers, service, folder, which)) {
        check.of(swap);
        exchange(swap, bytes, files);
      }
      good = true;
    } finally {
      if (!good && service.running()) {
        Calm.atLast("starting the service again", () -> containers.start(service.id()));
      }
    }
  }

  private void exchange(VolumeSwap swap, long bytes, Files files)
      throws RuntimeRefusal, IOException, InterruptedException {
    boolean good = false;
    try {
      swap.clear(bytes);
      files.place(swap);
      Start.of(containers, service.id(), ServiceKind.TRY_LIMIT, question);
      good = true;
    } finally {
      if (!good) {
        Calm.atLast(
            "going back to the data before",
            () -> {
              containers.stop(service.id());
              swap.undo();
            });
      }
    }
    swap.settle();
  }
}
