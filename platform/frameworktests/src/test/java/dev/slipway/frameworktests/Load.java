package dev.slipway.frameworktests;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask one after the other, as fast as they are answered, until they are to end. */
final class Load implements AutoCloseable {
  final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  final AtomicLong answered = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> running = new ArrayList<>();

  Load(Client client, List<String> paths, int clients) {
    for (var i = 0; i < clients; i++) {
      running.add(threads.submit(() -> ask(client, paths)));
    }
  }

  private void ask(Client client, List<String> paths) {
    while (!over.get()) {
      for (var path : paths) {
        try {
          var answer = client.get(path);
          if (answer.status() != 200) {
            failures.add(path + " " + answer.status() + " " + answer.raw().body());
          }
          answered.incrementAndGet();
        } catch (RuntimeException failure) {
          failures.add(path + " " + failure);
        }
      }
    }
  }

  @Override
  public void close() throws Exception {
    over.set(true);
    for (var each : running) {
      each.get(60, TimeUnit.SECONDS);
    }
    threads.close();
  }
}
